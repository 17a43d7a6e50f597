// The words of the console of whoever leads rounds, in English.

const words = {};

export default words;
