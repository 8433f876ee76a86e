import { type Answer, type Device, type DeviceList, readAnswer } from "./auth";
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

export async function listDevices(): Promise<Answer<Device[]>> {
  return devicesIn(await readAnswer<DeviceList>(await auth.fetch(`${API}/sessions/`)));
}

export async function signOutDevice(id: string): Promise<Answer<unknown>> {
  return readAnswer(await auth.fetch(`${API}/sessions/${id}/`, { method: "DELETE" }));
}

/** The answer is what is left. */
export async function signOutOthers(): Promise<Answer<Device[]>> {
  const response = await auth.fetch(`${API}/sessions/revoke-others/`, { method: "POST" });
  return devicesIn(await readAnswer<DeviceList>(response));
}

function devicesIn(answer: Answer<DeviceList>): Answer<Device[]> {
  return answer.error ? answer : { data: answer.data.sessions, error: undefined };
}
