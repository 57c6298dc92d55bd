// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/demo/voice.h"

#include "core/demo/filters.h"

#include <algorithm>
#include <array>
#include <optional>

namespace headroom::demo {
namespace {

constexpr std::size_t formantCount = 5;
using Formants = std::array<double, formantCount>;

/// Formant frequencies, Hz. The first three are averages of male speakers (Peterson and Barney 1952), the
/// upper two form the singer's formant.
constexpr Formants vowels[vowelCount] = {
    {730, 1090, 2440, 3100, 3700}, // father
    {530, 1840, 2480, 3200, 3800}, // bed
    {270, 2290, 3010, 3400, 3900}, // heed
    {570, 840, 2410, 3000, 3600},  // caught
    {300, 870, 2240, 2900, 3600},  // boot
    {660, 1720, 2410, 3200, 3800}, // had
    {640, 1190, 2390, 3000, 3700}, // hut
    {490, 1350, 1690, 2900, 3600}, // bird
};
constexpr Formants nasalFormants = {260, 1100, 2200, 2900, 3600};
constexpr Formants bandwidths = {80, 100, 140, 200, 260};

/// The consonant at the start of a syllable.
struct Articulation {
    double seconds = 0;    ///< duration, before the vowel
    double closure = 0;    ///< initial silence, seconds
    double voicing = 0;    ///< level relative to the vowel
    double hiss = 0;       ///< level of the unfiltered noise of teeth and lips
    double aspiration = 0; ///< level of the noise that passes through the formants
};

Articulation articulation(Consonant consonant) {
    switch (consonant) {
    case Consonant::S:
        return {.seconds = 0.11, .hiss = 0.5};
    case Consonant::Sh:
        return {.seconds = 0.11, .hiss = 0.55};
    case Consonant::F:
        return {.seconds = 0.09, .hiss = 0.25};
    case Consonant::H:
        return {.seconds = 0.08, .aspiration = 0.5};
    case Consonant::Plosive:
        return {.seconds = 0.075, .closure = 0.05, .hiss = 0.7, .aspiration = 0.4};
    case Consonant::Nasal:
        return {.seconds = 0.08, .voicing = 0.5};
    case Consonant::None:
        break;
    }
    return {};
}

BandPass hissFilter(Consonant consonant) {
    switch (consonant) {
    case Consonant::S:
        return {7200, 2600};
    case Consonant::Sh:
        return {3400, 1800};
    case Consonant::Plosive:
        return {2800, 3500};
    default:
        return {8000, 7000};
    }
}

/// A control value that approaches its target exponentially.
struct Glide {
    double value = 0;
    void towards(double target, double share) { value += share * (target - value); }
};

class Voice {
public:
    Voice(const Singer& singer, Random random) : singer_(singer), random_(random) {}

    void sing(const std::vector<Syllable>& syllables, std::span<float> out) {
        std::size_t next = 0;
        for (std::size_t begin = 0; begin < out.size(); begin += block) {
            const double time = static_cast<double>(begin) / sampleRate;
            while (next < syllables.size() && syllables[next].note.start <= time)
                startSyllable(syllables[next++]);
            control(time);
            if (level_.value > 1e-4 || hiss_.value > 1e-4 || aspiration_.value > 1e-4)
                render(out.subspan(begin, std::min(block, out.size() - begin)));
            else
                fallSilent();
        }
    }

private:
    static constexpr std::size_t block = 32; ///< samples per control update

    static double shareFor(double seconds) {
        return 1 - exponential(-static_cast<double>(block) / sampleRate / seconds);
    }

    void startSyllable(const Syllable& syllable) {
        const bool afterRest =
            !syllable_ || syllable.note.start > syllable_->note.start + syllable_->note.duration + 0.1;
        if (afterRest) {
            pitch_.value = syllable.note.pitch - random_.between(0.5, 2);
            for (std::size_t i = 0; i < formantCount; ++i)
                formants_[i].value = vowels[syllable.vowel][i] * singer_.formantScale;
        }
        syllable_ = syllable;
        articulation_ = articulation(syllable.consonant);
        hissFilter_ = hissFilter(syllable.consonant);
        wobble_ = random_.between(-0.08, 0.08);
    }

    /// Sets pitch, formants and levels for the next block.
    void control(double time) {
        if (!syllable_)
            return;
        const Note& note = syllable_->note;
        const double since = time - note.start;
        const bool sounding = since < note.duration;
        const bool consonant = sounding && since < articulation_.seconds;
        const bool closed = consonant && since < articulation_.closure;

        pitch_.towards(note.pitch + wobble_, shareFor(0.035));
        vibratoPhase_ += singer_.vibratoHertz * static_cast<double>(block) / sampleRate;
        const double ramp = std::clamp((since - 0.2) / 0.3, 0.0, 1.0);
        const double bend = ramp * singer_.vibratoDepth * sineOfCycles(vibratoPhase_);
        increment_ = pitchToHertz(pitch_.value + bend) / sampleRate;

        const Formants& target =
            consonant && articulation_.voicing > 0 ? nasalFormants : vowels[syllable_->vowel];
        for (std::size_t i = 0; i < formantCount; ++i) {
            formants_[i].towards(target[i] * singer_.formantScale, shareFor(0.03));
            resonators_[i].tune(formants_[i].value, bandwidths[i]);
        }
        const double voiced = !sounding ? 0 : consonant ? articulation_.voicing : 1;
        level_.towards(voiced * note.velocity * (1 + 0.1 * bend),
                       shareFor(voiced > level_.value ? 0.02 : 0.045));
        const double noisy = consonant && !closed ? note.velocity : 0;
        hiss_.towards(noisy * articulation_.hiss, shareFor(0.008));
        aspiration_.towards(noisy * articulation_.aspiration + voiced * note.velocity * singer_.breath,
                            shareFor(0.012));
    }

    void render(std::span<float> out) {
        for (float& sample : out) {
            const double source =
                level_.value * glottis() + aspiration_.value * random_.noise() * (0.4 + phase_);
            double voice = source;
            for (Resonator& resonator : resonators_)
                voice = resonator(voice);
            voice += hiss_.value * hissFilter_(random_.noise());
            sample += static_cast<float>(voice);
        }
    }

    /// Derivative of the glottal flow: a parabola while the vocal folds are open and a step when they close
    /// (Klatt and Klatt 1990), smoothed by a low pass.
    double glottis() {
        constexpr double open = 0.6;
        phase_ += increment_;
        if (phase_ >= 1) {
            phase_ -= 1;
            shimmer_ = 1 + 0.03 * random_.noise();
        }
        double flow = 0;
        if (phase_ < open) {
            const double t = phase_ / open;
            flow = 2 * t - 3 * t * t;
        }
        double sinceClosing = phase_ - open;
        if (sinceClosing < 0)
            sinceClosing += 1;
        flow += 0.5 * stepCorrection(sinceClosing, increment_);
        const double soft = tilt_(flow);
        const double bright = soft - 0.75 * last_;
        last_ = soft;
        return 3 * shimmer_ * bright;
    }

    void fallSilent() {
        resonators_ = {};
        tilt_ = LowPass(tiltHertz);
    }

    static constexpr double tiltHertz = 5000;

    Singer singer_;
    Random random_;
    std::optional<Syllable> syllable_;
    Articulation articulation_;
    Glide pitch_, level_, hiss_, aspiration_;
    std::array<Glide, formantCount> formants_;
    std::array<Resonator, formantCount> resonators_;
    BandPass hissFilter_ = hissFilter(Consonant::None);
    LowPass tilt_{tiltHertz};
    double phase_ = 0;
    double increment_ = 0; ///< cycles per sample
    double vibratoPhase_ = 0;
    double shimmer_ = 1;
    double last_ = 0;   ///< previous source sample, before pre-emphasis
    double wobble_ = 0; ///< detuning, semitones
};

} // namespace

void renderVoice(const Singer& singer, const std::vector<Syllable>& syllables, Random random,
                 std::span<float> out) {
    Voice(singer, random).sing(syllables, out);
}

} // namespace headroom::demo
