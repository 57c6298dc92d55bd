// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

/// The vocal range and timbre of a singer.
struct Singer {
    double centerPitch = 62; ///< MIDI
    double formantScale = 1; ///< 1: an average male vocal tract; above 1: a shorter one
    double vibratoHertz = 5.5;
    double vibratoDepth = 0.3; ///< semitones
    double breath = 0.05;      ///< level of the aspiration noise, relative to the voice
};

/// A song as notes.
struct Score {
    double beatsPerMinute = 100;
    Singer singer;
    std::vector<Syllable> voice;
    std::vector<Note> bass;
    std::vector<Note> chords;
    std::vector<Note> arpeggio;
    std::vector<DrumHit> drums;
};

/// Composes a song in 4/4. The seed determines key, scale, tempo, chord progression, melody and patterns. The
/// voice rests in the first half bar, between phrases and, in longer songs, for an entire phrase.
Score composeScore(std::uint64_t seed, double seconds);

} // namespace headroom::demo
