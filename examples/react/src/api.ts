import { type Answer, readAnswer } from "./auth";
import { auth } from "./session";

/** The example's own API, beside the endpoints of django-spa-auth. */

export interface Note {
  id: number;
  text: string;
  createdAt: string;
}

export interface Greeting {
  message: string;
}

export interface Stats {
  notes: number;
  memberSince: string;
}

export const NOTE_LENGTH = 500;

export async function getGreeting(): Promise<Answer<Greeting>> {
  return readAnswer(await auth.fetch("/api/hello/"));
}

export async function getStats(): Promise<Answer<Stats>> {
  return readAnswer(await auth.fetch("/api/stats/"));
}

export async function listNotes(): Promise<Answer<Note[]>> {
  return readAnswer(await auth.fetch("/api/notes/"));
}

export async function addNote(text: string): Promise<Answer<Note>> {
  return readAnswer(
    await auth.fetch("/api/notes/", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text }),
    }),
  );
}

export async function deleteNote(id: number): Promise<Answer<undefined>> {
  return readAnswer(await auth.fetch(`/api/notes/${id}/`, { method: "DELETE" }));
}
