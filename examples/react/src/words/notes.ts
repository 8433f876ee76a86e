import { grammarOf } from "./grammar";

const { count, number } = grammarOf("en");

/** The words of the notes. */
export const english = {
  loadingNotes: "Loading your notes",
  notesLead: "Only you can read them.",
  yourNotes: "Your notes",
  countedNotes: (notes: number) => count(notes, { one: "# note", other: "# notes" }),
  noNotes: "No notes yet. Write the first one.",
  addNote: "Add note",
  adding: "Adding",
  newNote: "New note",
  upTo: (characters: number) => `Up to ${number(characters)} characters.`,
  writeSomething: "Write something first.",
  tooLong: (characters: number) => `Use ${number(characters)} characters or fewer.`,
  noteAdded: "Note added.",
  noteDeleted: "Note deleted.",
  notDeleted: (reason: string) => `The note was not deleted. ${reason}`,
  deleteNote: (text: string) => `Delete note: ${text}`,
};
