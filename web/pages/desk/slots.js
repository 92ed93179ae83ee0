// What the engine reports of slots and circumstances, read from the lines in which its trace tells how it decided.

const REPORT = /^(matter|certificate) (?:named|real) ([\d.]+) right ([\d.]+)$/;
const CIRCUMSTANCE = /^(agent|outside) ([\d.]+) cue ([01])$/;

/**
 * @typedef {object} Slot
 * @property {"matter"|"certificate"} kind
 * @property {number} named probability that it was named at all
 * @property {number} right probability that the best candidate is the one meant
 */

/**
 * @typedef {object} Circumstance
 * @property {"agent"|"outside"} id
 * @property {number} share probability that it was told
 * @property {boolean} isCued whether a cue word tells it
 */

/**
 * Slots and circumstances in the order of the trace, and the lines that tell of anything else.
 * @returns {{slots: Slot[], circumstances: Circumstance[], rules: string[]}}
 */
export function readSlots({ decided_by: lines }) {
  return {
    slots: lines.map(readSlot).filter(Boolean),
    circumstances: lines.map(readCircumstance).filter(Boolean),
    rules: lines.filter((line) => !REPORT.test(line) && !CIRCUMSTANCE.test(line)),
  };
}

/** Whether the words name anything of this kind; kinds of which the engine reports nothing count as named. */
export function isNamed(trace, kind) {
  const slots = readSlots(trace).slots.filter((slot) => slot.kind === kind);
  return !slots.length || slots.some(({ named }) => named >= (trace.thresholds.name_at ?? 0));
}

function readSlot(line) {
  const [, kind, named, right] = REPORT.exec(line) ?? [];
  return kind ? { kind, named: Number(named), right: Number(right) } : null;
}

function readCircumstance(line) {
  const [, id, share, cue] = CIRCUMSTANCE.exec(line) ?? [];
  return id ? { id, share: Number(share), isCued: cue === "1" } : null;
}
