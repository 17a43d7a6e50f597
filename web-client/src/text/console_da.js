// The words of the console, in Danish.

const words = {};

export default words;
