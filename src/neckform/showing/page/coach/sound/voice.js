// Speaks one line at a time, and only with voices of this computer. A remote voice would send each
// sentence, and so how a neck is doing, to a server.

const WAITS_MS = 2000;
const CANCEL_MS = 80;

const synthesis = "speechSynthesis" in window ? window.speechSynthesis : null;
const short = (tag) => tag.toLowerCase().split(/[-_]/)[0];

export function createVoice(onVoices) {
  let voices = [];
  let current = null; // also keeps the browser from collecting an utterance that is being spoken
  let waiting = [];
  let watchdog = 0;
  let settled = false; // whether the browser has had the time to list its voices

  function list() {
    voices = (synthesis?.getVoices() ?? []).filter((voice) => voice.localService);
    if (voices.length > 0) settled = true;
    onVoices?.();
  }
  synthesis?.addEventListener?.("voiceschanged", list);
  list();
  setTimeout(() => {
    settled = true;
    onVoices?.();
  }, 1500);

  function voiceFor(language) {
    const same = voices.filter((voice) => short(voice.lang) === short(language));
    return (
      same.find((voice) => voice.lang.toLowerCase() === navigator.language.toLowerCase()) ??
      same.find((voice) => voice.default) ??
      same[0] ??
      null
    );
  }

  function next() {
    clearTimeout(watchdog);
    current = null;
    const now = performance.now();
    waiting = waiting.filter((line) => line.interrupts || now - line.asked_ms <= WAITS_MS);
    const line = waiting.shift();
    if (line) say(line);
  }

  function say(line) {
    const voice = voiceFor(line.lang);
    if (!voice) return;
    const utterance = new SpeechSynthesisUtterance(line.text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.volume = line.volume;
    utterance.onend = utterance.onerror = () => {
      if (current === utterance) next();
    };
    current = utterance;
    synthesis.speak(utterance);
    // Some browsers lose the end of an utterance; the next line must not wait for it for ever.
    watchdog = setTimeout(
      () => {
        synthesis.cancel();
        next();
      },
      3000 + 150 * line.text.length,
    );
  }

  function hush() {
    clearTimeout(watchdog);
    waiting = [];
    current = null;
    synthesis?.cancel();
  }

  return {
    hush,
    /** "yes", "no", or "unknown" while the browser is still listing its voices. */
    has(language) {
      if (!synthesis) return "no";
      if (voiceFor(language)) return "yes";
      return settled ? "no" : "unknown";
    },
    nameFor: (language) => voiceFor(language)?.name ?? null,
    speak({ text, lang, interrupts, volume }) {
      if (!synthesis || !text) return;
      const line = { text, lang, interrupts, volume, asked_ms: performance.now() };
      if (interrupts && current) {
        hush();
        waiting = [line];
        // Right after a cancel some browsers swallow the next line.
        watchdog = setTimeout(next, CANCEL_MS);
        return;
      }
      waiting.push(line);
      if (current === null) next();
    },
  };
}
