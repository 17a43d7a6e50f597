// Persons as they become known: every push or reply that brings one merges here.

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Person} Person */

/** @param {State} state @param {Person[]} people @returns {State} */
export function know(state, people) {
  if (people.length === 0) return state;
  const known = { ...state.people };
  for (const person of people) known[person.id] = { ...known[person.id], ...person };
  return { ...state, people: known };
}

/** @param {State} state @param {string} id @param {Partial<Person>} change @returns {State} */
export function change_person(state, id, change) {
  const person = state.people[id];
  if (!person) return state;
  return { ...state, people: { ...state.people, [id]: { ...person, ...change } } };
}
