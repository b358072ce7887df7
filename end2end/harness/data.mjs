// Files the tests read.
import { fileURLToPath } from "node:url";

const file = (name) => fileURLToPath(new URL(`../data/${name}`, import.meta.url));

/** A branch's list of 700 invented customers, as it comes from Excel and as it comes from an old system. */
export const book_700 = {
  xlsx: file("book-700.xlsx"),
  csv: file("book-700-gb18030.csv"),
  expected: file("book-700.expected.json"),
};

/** A photo with a place and a camera in its EXIF, larger than what is kept. */
export const photo = file("photo.jpg");
