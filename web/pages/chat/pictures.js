// Pictures for a complaint: made smaller on this device, so that they go fast and leave place and time behind.

import { ProblemError } from "./errors.js";

const LARGEST = 5 * 1024 * 1024;
const LONGEST_SIDE = 2_048;
const THUMBNAIL_SIDE = 240;
const TYPES = new Set(["image/jpeg", "image/png", "image/webp"]);

/** The picture to send and a small copy to show. Throws an error whose message is fit for the citizen. */
export async function preparePicture(file) {
  const bitmap = await readPicture(file);
  const blob = await drawBlob(bitmap, LONGEST_SIDE);
  if (!blob || blob.size > LARGEST) throw new ProblemError(413, { detail: "照片太大了，请换一张小一点的" });
  return { blob, thumbnail: draw(bitmap, THUMBNAIL_SIDE).toDataURL("image/jpeg", 0.7) };
}

async function readPicture(file) {
  if (!TYPES.has(file.type)) throw new ProblemError(422, { detail: "只能发照片（JPG、PNG、WebP）" });
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new ProblemError(422, { detail: "这张照片打不开，请换一张" });
  }
}

function draw(bitmap, longest) {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function drawBlob(bitmap, longest) {
  return new Promise((resolve) => draw(bitmap, longest).toBlob(resolve, "image/jpeg", 0.85));
}
