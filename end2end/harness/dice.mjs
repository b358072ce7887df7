// Chance that can be had again: everything a test leaves to it follows from one seed, printed before it begins.

export class Dice {
  #state;

  /** The seed is that of ROUNDS_SEED, or a new one. */
  static thrown(t) {
    const seed = Number(process.env.ROUNDS_SEED ?? Date.now() % 1_000_000);
    t.diagnostic(`ROUNDS_SEED=${seed}`);
    const dice = new Dice();
    dice.#state = seed >>> 0;
    return dice;
  }

  /** From 0 up to below 1 (mulberry32). */
  share() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(limit) {
    return Math.floor(this.share() * limit);
  }

  one_of(choices) {
    return choices[this.below(choices.length)];
  }
}
