import { type Answer, createAction, Outage } from "django-spa-auth";
import { announce, english, reasonOf } from "django-spa-auth/react";
import { useState } from "react";
import type { Note } from "../api";
import { AlertIcon, NoteIcon, TrashIcon } from "../layout/icons";
import { moment } from "../words";

interface NoteListProps {
  notes: Note[];
  remove: (id: number) => Promise<Answer<undefined>>;
  onRemoved: (id: number) => void;
}

export function NoteList({ notes, remove, onRemoved }: NoteListProps) {
  const [problem, setProblem] = useState("");

  async function removeNote(id: number) {
    setProblem("");
    const reason = await tryRemoving(() => remove(id));
    if (!reason) return onRemoved(id);
    setProblem(reason);
    announce(reason);
  }

  if (notes.length === 0) {
    return (
      <div className="empty">
        <NoteIcon />
        <p>No notes yet. Write the first one.</p>
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
        <time dateTime={note.createdAt}>{moment(note.createdAt)}</time>
      </div>
      <button
        type="button"
        className="icon-button"
        aria-label={`Delete note: ${note.text.slice(0, 40)}`}
        aria-busy={busy}
        onClick={remove}
      >
        <TrashIcon />
      </button>
    </li>
  );
}

/** Why the note is still there, or nothing. A note that another tab deleted is gone all the same. */
async function tryRemoving(remove: () => Promise<Answer<undefined>>): Promise<string> {
  const { error } = await createAction(remove).run();
  if (!error || error.code === "not_found") return "";
  const reason = reasonOf(error, english);
  return error instanceof Outage ? `The note was not deleted. ${reason}` : reason;
}
