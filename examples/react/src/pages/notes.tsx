import {
  announce,
  ErrorSummary,
  FieldFrame,
  reasonOf,
  SubmitButton,
  useForm,
  useTexts,
} from "django-spa-auth/react";
import { type FormEvent, useRef, useState } from "react";
import { addNote, deleteNote, listNotes, NOTE_LENGTH, type Note } from "../api";
import { useWords } from "../language";
import { Page } from "../layout/page";
import { Trouble } from "../layout/trouble";
import { Waiting } from "../layout/waiting";
import { useResource } from "../use-resource";
import { english } from "../words/notes";
import { NoteList } from "./note-list";

export function Notes() {
  const words = useWords("notes", english);
  const texts = useTexts();
  const { resource, retry, change } = useResource(listNotes);
  const title = useRef<HTMLHeadingElement>(null);

  function removed(id: number) {
    change((notes) => notes.filter((note) => note.id !== id));
    announce(words.noteDeleted);
    // The button that had the focus is gone.
    title.current?.focus();
  }

  return (
    <Page title={words.notes} className="narrow split list-first">
      <p className="lead">{words.notesLead}</p>
      <NoteForm onAdded={(note) => change((notes) => [note, ...notes])} />
      <section className="beside" aria-labelledby="notes-title">
        <h2 id="notes-title" ref={title} tabIndex={-1}>
          {resource.status === "ready" ? words.countedNotes(resource.data.length) : words.yourNotes}
        </h2>
        {resource.status === "loading" && <Waiting text={words.loadingNotes} />}
        {resource.status === "failed" && (
          <Trouble message={reasonOf(resource.error, texts)} onRetry={retry} />
        )}
        {resource.status === "ready" && (
          <NoteList notes={resource.data} remove={deleteNote} onRemoved={removed} />
        )}
      </section>
    </Page>
  );
}

function NoteForm({ onAdded }: { onAdded: (note: Note) => void }) {
  const words = useWords("notes", english);
  const { busy, failure, wait, submit, refuse } = useForm();
  const [text, setText] = useState("");
  const input = useRef<HTMLTextAreaElement>(null);

  async function send(event: FormEvent) {
    event.preventDefault();
    if (!text.trim()) return refuse({ text: words.writeSomething });
    if (text.length > NOTE_LENGTH) {
      return refuse({ text: words.tooLong(NOTE_LENGTH) });
    }
    const note = await submit(() => addNote(text));
    if (!note) return;
    onAdded(note);
    // What was typed while the request was on its way stays.
    setText((now) => (now === text ? "" : now));
    announce(words.noteAdded);
    input.current?.focus();
  }

  return (
    <form className="card spa-form" onSubmit={send} noValidate aria-label={words.addNote}>
      <ErrorSummary failure={failure} wait={wait} inputs={{ text: "text" }} />
      <FieldFrame
        id="text"
        label={words.newNote}
        hint={words.upTo(NOTE_LENGTH)}
        problems={failure?.fields.text}
      >
        {(aria) => (
          <textarea
            {...aria}
            ref={input}
            name="text"
            rows={3}
            value={text}
            onChange={(event) => setText(event.target.value)}
            autoComplete="off"
            required
          />
        )}
      </FieldFrame>
      <div className="spa-form-foot">
        <SubmitButton
          label={words.addNote}
          busyLabel={words.adding}
          busy={busy}
          waiting={wait > 0}
        />
        <span
          className={text.length > NOTE_LENGTH ? "count over" : "count"}
          dir="ltr"
          aria-hidden="true"
        >
          {words.number(text.length)} / {words.number(NOTE_LENGTH)}
        </span>
      </div>
    </form>
  );
}
