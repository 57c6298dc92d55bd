// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/demo/score.h"

#include "core/demo/random.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace headroom::demo {
namespace {

using Scale = std::array<int, 7>;
constexpr Scale scales[] = {
    {0, 2, 4, 5, 7, 9, 11}, // major
    {0, 2, 3, 5, 7, 8, 10}, // natural minor
    {0, 2, 3, 5, 7, 9, 10}, // dorian
    {0, 2, 4, 5, 7, 9, 10}, // mixolydian
};

/// Scale degrees of the chords, one per bar.
constexpr std::array<int, 4> progressions[] = {{0, 4, 5, 3}, {0, 5, 3, 4}, {5, 3, 0, 4}, {0, 3, 4, 3},
                                               {0, 2, 3, 4}, {0, 3, 5, 4}, {0, 0, 3, 4}};

/// A bar of sixteenth notes: x is a hit, o is an open hat or a soft hit.
struct Groove {
    std::string_view kick, snare, hat;
};
constexpr Groove grooves[] = {
    {"x.......x.......", "....x.......x...", "x.x.x.x.x.x.x.x."},
    {"x...x...x...x...", "....x.......x...", "..o...o...o...o."},
    {"x.....x...x.....", "....x.......x..o", "x.x.x.x.x.x.x.o."},
    {"x..x..x...x.x...", "....x..o.o..x...", "xxxxxxxxxxxxxxxx"},
    {"x.........x.....", "........x.......", "x...x...x...x.o."},
};

/// Composes one song. Times are in beats; note() converts them to seconds.
class Composer {
public:
    Composer(std::uint64_t seed, double seconds) : random_(seed) {
        score_.beatsPerMinute = random_.between(82, 134);
        beats_ = seconds * score_.beatsPerMinute / 60;
        root_ = random_.below(12);
        scale_ = random_.pick(scales);
        progression_ = random_.pick(progressions);
    }

    Score compose() {
        chooseSinger();
        composeVoice();
        composeBass();
        composeChords();
        composeArpeggio();
        composeDrums();
        return std::move(score_);
    }

private:
    double toSeconds(double beat) const { return beat * 60 / score_.beatsPerMinute; }

    int degreeOfBar(double beat) const { return progression_[static_cast<std::size_t>(beat / 4) % 4]; }

    /// MIDI pitch of a scale degree, counted from the first root of the key at or above `lowest`.
    double pitchOfDegree(int degree, int lowest) const {
        const int octave = degree >= 0 ? degree / 7 : (degree - 6) / 7;
        const int above = ((root_ - lowest) % 12 + 12) % 12;
        return lowest + above + 12 * octave + scale_[static_cast<std::size_t>(degree - 7 * octave)];
    }

    /// MIDI pitch of a scale degree in the octave above `lowest`.
    double pitchWithin(int degree, int lowest) const {
        const double pitch = pitchOfDegree(degree % 7, lowest);
        return pitch >= lowest + 12 ? pitch - 12 : pitch;
    }

    Note note(double beat, double beats, double pitch, double velocity) {
        const double delay = random_.between(0, 0.008);
        const double gain = random_.between(0.85, 1);
        return {toSeconds(beat) + delay, toSeconds(beats), pitch, velocity * gain};
    }

    void chooseSinger() {
        Singer& singer = score_.singer;
        const bool high = random_.chance(0.5);
        singer.centerPitch = high ? random_.between(62, 67) : random_.between(51, 57);
        singer.formantScale = high ? random_.between(1.12, 1.24) : random_.between(0.96, 1.08);
        singer.vibratoHertz = random_.between(4.8, 6.4);
        singer.vibratoDepth = random_.between(0.15, 0.5);
        singer.breath = random_.between(0.02, 0.09);
    }

    /// Phrases of two bars that end with a rest. The voice pauses for one phrase in four.
    void composeVoice() {
        const int restingPhrase = 1 + random_.below(3);
        for (int phrase = 0; phrase * 8 < beats_; ++phrase) {
            const double start = phrase * 8 + (phrase == 0 ? 2 : random_.below(2) * 0.5);
            const double end = phrase * 8 + 6 + random_.below(3) * 0.5;
            if (phrase % 4 != restingPhrase)
                composePhrase(start, end);
        }
    }

    void composePhrase(double start, double end) {
        constexpr double lengths[] = {0.5, 0.5, 0.5, 1, 1, 1, 1.5, 2};
        const int lowest = static_cast<int>(score_.singer.centerPitch) - 5;
        int degree = 1 + random_.below(5);
        const double velocity = random_.between(0.7, 1);
        for (double beat = start; beat < end - 0.1;) {
            double length = std::min(random_.pick(lengths), end - beat);
            if (end - beat - length < 0.5)
                length = end - beat;
            degree = nextDegree(degree, beat);
            Syllable syllable;
            syllable.note =
                note(beat, length * random_.between(0.9, 1), pitchOfDegree(degree, lowest), velocity);
            syllable.consonant = nextConsonant();
            syllable.vowel = random_.below(vowelCount);
            score_.voice.push_back(syllable);
            beat += length;
        }
    }

    /// Moves by a step or a small leap and stays near the singer's center. Prefers chord notes on strong
    /// beats.
    int nextDegree(int degree, double beat) {
        constexpr int moves[] = {-2, -1, -1, -1, 0, 1, 1, 1, 2, 3, -3};
        degree += random_.pick(moves);
        if (degree > 6)
            degree -= 3;
        if (degree < -2)
            degree += 3;
        const int aboveChord = ((degree - degreeOfBar(beat)) % 7 + 7) % 7;
        const bool strong = beat - 2 * static_cast<int>(beat / 2) < 0.25;
        if (strong && aboveChord % 2 == 1 && random_.chance(0.7))
            degree -= 1;
        return degree;
    }

    Consonant nextConsonant() {
        constexpr Consonant consonants[] = {Consonant::None,    Consonant::None,    Consonant::S,
                                            Consonant::Sh,      Consonant::F,       Consonant::H,
                                            Consonant::Plosive, Consonant::Plosive, Consonant::Nasal};
        return random_.pick(consonants);
    }

    void composeBass() {
        struct Step {
            double beat, length;
            int degree; ///< above the chord's root
        };
        static const std::vector<Step> patterns[] = {
            {{0, 2, 0}, {2, 2, 0}},
            {{0, 0.5, 0},
             {0.5, 0.5, 0},
             {1, 0.5, 0},
             {1.5, 0.5, 0},
             {2, 0.5, 0},
             {2.5, 0.5, 0},
             {3, 0.5, 4},
             {3.5, 0.5, 4}},
            {{0, 1, 0}, {1, 1, 2}, {2, 1, 4}, {3, 1, 5}},
            {{0, 1.5, 0}, {1.5, 0.5, 0}, {2.5, 0.5, 4}, {3, 1, 7}},
        };
        const auto& pattern = random_.pick(patterns);
        for (int bar = 0; bar * 4 < beats_; ++bar) {
            const double rootPitch = pitchWithin(degreeOfBar(bar * 4), 28);
            const double shift = rootPitch - pitchOfDegree(degreeOfBar(bar * 4), 28);
            for (const Step& step : pattern) {
                const double pitch = pitchOfDegree(degreeOfBar(bar * 4) + step.degree, 28) + shift;
                score_.bass.push_back(note(bar * 4 + step.beat, step.length * 0.92, pitch, 0.9));
            }
        }
    }

    void composeChords() {
        static const std::vector<double> patterns[] = {{0}, {0, 2}, {0.5, 1.5, 2.5, 3.5}, {0, 1.5, 3}};
        const auto& pattern = random_.pick(patterns);
        const int size = random_.chance(0.4) ? 4 : 3;
        for (int bar = 0; bar * 4 < beats_; ++bar) {
            for (std::size_t i = 0; i < pattern.size(); ++i) {
                const double end = i + 1 < pattern.size() ? pattern[i + 1] : 4;
                for (int tone = 0; tone < size; ++tone) {
                    const double pitch = pitchWithin(degreeOfBar(bar * 4) + 2 * tone, 55);
                    score_.chords.push_back(
                        note(bar * 4 + pattern[i], (end - pattern[i]) * 0.95, pitch, 0.6));
                }
            }
        }
    }

    void composeArpeggio() {
        const double step = random_.chance(0.5) ? 0.5 : 0.25;
        const bool fallsBack = random_.chance(0.5);
        int count = 0;
        for (double beat = 0; beat < beats_; beat += step, ++count) {
            const int place = fallsBack ? std::min(count % 6, 6 - count % 6) : count % 4;
            const double pitch = pitchWithin(degreeOfBar(beat), 60) + (place == 3 ? 12 : 0) +
                                 (place == 1 || place == 2 ? intervalInChord(beat, place) : 0);
            if (random_.chance(0.85))
                score_.arpeggio.push_back(note(beat, step, pitch, 0.7));
        }
    }

    /// Semitones from the chord's root to its third (1) or fifth (2).
    double intervalInChord(double beat, int tone) const {
        return pitchOfDegree(degreeOfBar(beat) + 2 * tone, 60) - pitchOfDegree(degreeOfBar(beat), 60);
    }

    void composeDrums() {
        const Groove& groove = random_.pick(grooves);
        for (int bar = 0; bar * 4 < beats_; ++bar) {
            const bool fill = bar % 4 == 3;
            for (int sixteenth = 0; sixteenth < 16; ++sixteenth) {
                const double beat = bar * 4 + sixteenth / 4.0;
                const auto at = static_cast<std::size_t>(sixteenth);
                strike(beat, Drum::Kick, groove.kick[at]);
                strike(beat, Drum::Snare,
                       fill && sixteenth > 11 && random_.chance(0.6) ? 'x' : groove.snare[at]);
                strike(beat, groove.hat[at] == 'o' ? Drum::OpenHat : Drum::ClosedHat, groove.hat[at]);
            }
        }
    }

    void strike(double beat, Drum drum, char mark) {
        if (mark == '.')
            return;
        const Note hit = note(beat, 0, 0, mark == 'o' ? 0.6 : 1);
        score_.drums.push_back({hit.start, drum, hit.velocity});
    }

    Random random_;
    double beats_ = 0;
    int root_ = 0; ///< pitch class of the key
    Scale scale_{};
    std::array<int, 4> progression_{};
    Score score_;
};

} // namespace

Score composeScore(std::uint64_t seed, double seconds) {
    return Composer(seed, seconds).compose();
}

} // namespace headroom::demo
