/** The words of the notes. */
export const english = {
  loadingNotes: "Loading your notes",
  notesLead: "Only you can read them.",
  yourNotes: "Your notes",
  countedNotes: (count: number) => (count === 1 ? "1 note" : `${count} notes`),
  noNotes: "No notes yet. Write the first one.",
  addNote: "Add note",
  adding: "Adding",
  newNote: "New note",
  upTo: (count: number) => `Up to ${count} characters.`,
  writeSomething: "Write something first.",
  tooLong: (count: number) => `Use ${count} characters or fewer.`,
  noteAdded: "Note added.",
  noteDeleted: "Note deleted.",
  notDeleted: (reason: string) => `The note was not deleted. ${reason}`,
  deleteNote: (text: string) => `Delete note: ${text}`,
};
