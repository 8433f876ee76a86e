import { type Answer, createAction, Outage } from "django-spa-auth";
import { announce, reasonOf, useTexts } from "django-spa-auth/react";
import { useState } from "react";
import type { Note } from "../api";
import { useWords } from "../language";
import { AlertIcon, NoteIcon, TrashIcon } from "../layout/icons";
import { beginning } from "../letters";
import { english } from "../words/notes";

interface NoteListProps {
  notes: Note[];
  remove: (id: number) => Promise<Answer<undefined>>;
  onRemoved: (id: number) => void;
}

export function NoteList({ notes, remove, onRemoved }: NoteListProps) {
  const words = useWords("notes", english);
  const texts = useTexts();
  const [problem, setProblem] = useState("");

  async function removeNote(id: number) {
    setProblem("");
    const error = await errorOfRemoving(() => remove(id));
    if (!error) return onRemoved(id);
    const why = reasonOf(error, texts);
    const reason = error instanceof Outage ? words.notDeleted(why) : why;
    setProblem(reason);
    announce(reason);
  }

  if (notes.length === 0) {
    return (
      <div className="empty">
        <NoteIcon />
        <p>{words.noNotes}</p>
      </div>
    );
  }
  return (
    <>
      {problem && (
        <div className="spa-alert">
          <AlertIcon />
          <p>{problem}</p>
        </div>
      )}
      <ul className="notes">
        {notes.map((note) => (
          <NoteItem key={note.id} note={note} onRemove={removeNote} />
        ))}
      </ul>
    </>
  );
}

function NoteItem({ note, onRemove }: { note: Note; onRemove: (id: number) => Promise<void> }) {
  const words = useWords("notes", english);
  const [busy, setBusy] = useState(false);

  async function remove() {
    if (busy) return;
    setBusy(true);
    await onRemove(note.id);
    setBusy(false);
  }

  return (
    <li>
      <div>
        <p className="note-text">{note.text}</p>
        <time dateTime={note.createdAt}>{words.moment(note.createdAt)}</time>
      </div>
      <button
        type="button"
        className="icon-button"
        aria-label={words.deleteNote(beginning(note.text, 40))}
        aria-busy={busy}
        onClick={remove}
      >
        <TrashIcon />
      </button>
    </li>
  );
}

/** Why the note is still there, or nothing. A note that another tab deleted is gone all the same. */
async function errorOfRemoving(remove: () => Promise<Answer<undefined>>) {
  const { error } = await createAction(remove).run();
  return error?.code === "not_found" ? undefined : error;
}
