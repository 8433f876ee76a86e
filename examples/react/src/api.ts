import { type Answer, readAnswer } from "django-spa-auth";
import { server } from "./paths";
import { auth } from "./session";

/** The example's own API, beside the endpoints of django-spa-auth. */

const API = `${server}/api`;

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
  return readAnswer(await auth.fetch(`${API}/hello/`));
}

export async function getStats(): Promise<Answer<Stats>> {
  return readAnswer(await auth.fetch(`${API}/stats/`));
}

export async function listNotes(): Promise<Answer<Note[]>> {
  return readAnswer(await auth.fetch(`${API}/notes/`));
}

export async function addNote(text: string): Promise<Answer<Note>> {
  return readAnswer(
    await auth.fetch(`${API}/notes/`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text }),
    }),
  );
}

export async function deleteNote(id: number): Promise<Answer<undefined>> {
  return readAnswer(await auth.fetch(`${API}/notes/${id}/`, { method: "DELETE" }));
}
