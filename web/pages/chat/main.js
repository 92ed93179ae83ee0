// Wires the chat page: the only module that knows every part.

import { decorate } from "/static/shared/icons.js";
import { toggleDark, toggleLarge } from "/static/shared/preferences.js";
import { Api } from "./api.js";
import { Conversation } from "./conversation.js";
import { Line } from "./line.js";
import { preparePicture } from "./pictures.js";
import { Session } from "./session.js";
import { Socket } from "./socket.js";
import { AboutView, showService } from "./view/about.js";
import { BannerView } from "./view/banner.js";
import { ComposerView } from "./view/composer.js";
import { LogView } from "./view/log.js";
import { MenuView } from "./view/menu.js";
import { PictureButton } from "./view/picture_button.js";
import { showSuggestions } from "./view/welcome.js";

const node = (id) => document.getElementById(id);

decorate(document);

const session = new Session();
const api = new Api(session);
const socket = new Socket(api);
const conversation = new Conversation({ session, line: new Line({ api, socket }) });

const say = (text) => conversation.say(text);
const banner = new BannerView(node("banner"));
const composer = new ComposerView(node("composer"), say);
const pictures = new PictureButton(
  { button: node("picture-button"), input: node("picture-file"), problem: node("picture-problem") },
  async (file) => {
    const { blob, thumbnail } = await preparePicture(file);
    conversation.say("发了一张照片", `complaint:picture:${await api.postPicture(blob)}`, thumbnail);
  },
);
conversation.addEventListener("turn", ({ detail: { state, asks } }) => {
  composer.expect(asks);
  pictures.show(state === "complaint");
});
socket.addEventListener("notice", ({ detail }) => conversation.hear(detail));
socket.addEventListener("back", () => conversation.catchUp().catch(() => {})); // The next break brings the next chance.
const about = new AboutView(node("about"));
const log = new LogView(
  { scroller: node("scroller"), log: node("log"), typing: node("typing"), welcome: node("welcome") },
  conversation,
  {
    onSay: say,
    onChoice: ({ label, value }) => conversation.say(label, value),
    onRetry: (message) => conversation.retry(message),
    onEdit: (message) => composer.refill(conversation.withdraw(message)),
  },
);

new MenuView(
  { opener: node("menu-opener"), menu: node("menu") },
  {
    "new-conversation": () => {
      conversation.startAnew();
      composer.focus();
    },
    "toggle-large": () => {
      toggleLarge();
      log.redraw();
      composer.fit();
    },
    "toggle-dark": toggleDark,
    "open-about": () => about.open(),
    "forget-me": () => {
      session.forget();
      socket.reset();
      conversation.startAnew();
      about.close();
    },
  },
);


async function restore() {
  try {
    await conversation.restore();
  } catch {
    banner.offerRetry(restore);
  }
}

async function fetchOptional(call, show) {
  try {
    show(await call);
  } catch {
    // The page works without: the name stands in the document, and one can simply type.
  }
}

fetchOptional(api.about(), showService);
fetchOptional(api.listSuggestions(), (questions) =>
  showSuggestions({ section: node("suggestions"), list: node("suggestion-list") }, questions, say),
);
restore().then(() => socket.open());
