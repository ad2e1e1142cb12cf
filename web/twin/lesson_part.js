// The lessons as a list to choose from, and the open one as text, buttons and answers.

import { text } from "../strings.js";
import { button, make, setText } from "../elements.js";
import { Field, select } from "./field.js";

/**
 * @typedef {import("./access.js").TwinAccess} TwinAccess
 * @typedef {import("./controls.js").SetState} SetState
 */

export class LessonPart {
  #access;
  #choice;
  #step = make("div", { class: "twin-step" });
  #title = make("h3");
  #position = make("p", { class: "twin-note" });
  #text = make("p");
  #question = make("p", { class: "twin-question", id: "twin-question" });
  #choices = make("div", {
    class: "twin-buttons",
    role: "group",
    "aria-labelledby": "twin-question",
  });
  #reveal = make("p");
  #back;
  #next;
  #at = 0;
  #steps = 0;
  #built = "";

  /**
   * @param {TwinAccess} access
   * @param {SetState} setState
   */
  constructor(access, setState) {
    this.#access = access;
    const lessons = access
      .lessons()
      .map(({ id, title }) => /** @type {[string, string]} */ ([id, title]));
    this.#choice = new Field(
      text("twinLesson"),
      select([["", text("twinNoLesson")], ...lessons]),
      (id) => setState({ lesson: id }),
    );
    this.#back = button(text("twinLessonBack"), () => this.#go(-1));
    this.#next = button(text("twinLessonNext"), () => this.#go(1));
    this.#step.append(
      this.#title,
      this.#position,
      this.#text,
      this.#question,
      this.#choices,
      this.#reveal,
      make("div", { class: "twin-buttons" }, this.#back, this.#next),
    );
    this.element = make("div", { class: "twin-lesson" }, this.#choice.element, this.#step);
  }

  /** @param {number} by */
  #go(by) {
    const to = this.#at + by;
    if (to >= 0 && to < this.#steps) this.#access.goToLessonStep(to);
  }

  /** @param {string} id the state's `lesson` */
  update(id) {
    this.#choice.show(id);
    const lesson = this.#access.lesson();
    this.#step.hidden = lesson === null;
    if (!lesson) return;
    this.#at = lesson.at;
    this.#steps = lesson.steps;
    setText(this.#title, lesson.title);
    setText(this.#position, text("twinLessonStep", lesson.at + 1, lesson.steps));
    setText(this.#text, lesson.text);
    setText(this.#question, lesson.question);
    this.#question.hidden = lesson.question === "";
    this.#choices.hidden = lesson.question === "";
    this.#reveal.hidden = lesson.answer < 0;
    setText(this.#reveal, `${lesson.verdict} ${lesson.reveal}`);
    const wanted = JSON.stringify(lesson.choices);
    if (wanted !== this.#built) {
      this.#choices.replaceChildren(
        ...lesson.choices.map((words, at) => button(words, () => this.#access.answerLesson(at))),
      );
    }
    this.#built = wanted;
    [...this.#choices.children].forEach((choice, at) => {
      choice.setAttribute("aria-pressed", String(at === lesson.answer));
    });
    this.#back.setAttribute("aria-disabled", String(lesson.at === 0));
    this.#next.setAttribute("aria-disabled", String(lesson.at + 1 === lesson.steps));
  }
}
