#pragma once

#include <cstdint>
#include <vector>

namespace headroom::demo {

struct Note {
    double start = 0;    ///< seconds
    double duration = 0; ///< seconds
    double pitch = 60;   ///< MIDI
    double velocity = 1; ///< amplitude, 0 ... 1
};

enum class Consonant { None, S, Sh, F, H, Plosive, Nasal };

/// One sung note: a consonant, then a vowel.
struct Syllable {
    Note note;
    Consonant consonant = Consonant::None;
    int vowel = 0; ///< index into the singer's vowels, 0 ... vowelCount - 1
};
inline constexpr int vowelCount = 8;

enum class Drum { Kick, Snare, ClosedHat, OpenHat };

struct DrumHit {
    double start = 0; ///< seconds
    Drum drum = Drum::Kick;
    double velocity = 1;
};

/// Who sings: the range decides the notes, the rest the sound.
struct Singer {
    double centrePitch = 62; ///< MIDI
    double formantScale = 1; ///< 1: an average man's vocal tract; shorter ones are above 1
    double vibratoHertz = 5.5;
    double vibratoDepth = 0.3; ///< semitones
    double breath = 0.05;      ///< aspiration noise beside the voice
};

/// A song as notes.
struct Score {
    double beatsPerMinute = 100;
    Singer singer;
    std::vector<Syllable> voice;
    std::vector<Note> bass;
    std::vector<Note> chords;   ///< held or struck together
    std::vector<Note> arpeggio; ///< one after the other
    std::vector<DrumHit> drums;
};

/// A song of its own for each seed, in 4/4: key, scale, tempo, chord progression, melody, patterns. The voice
/// rests in the first half bar, between phrases and, in songs long enough, for a phrase or more.
Score composeScore(std::uint64_t seed, double seconds);

} // namespace headroom::demo
