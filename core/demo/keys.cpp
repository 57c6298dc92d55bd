// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/demo/band.h"
#include "core/demo/filters.h"

#include <algorithm>
#include <array>
#include <memory>

namespace headroom::demo {
namespace {

/// The waveform of one note, without its envelope.
class Tone {
public:
    virtual ~Tone() = default;
    virtual double sample(double envelope) = 0;
};

/// FM synthesis; the modulation index decays with the envelope.
class ElectricPianoTone : public Tone {
public:
    explicit ElectricPianoTone(double hertz) : increment_(hertz / sampleRate) {}
    double sample(double envelope) override {
        phase_ += increment_;
        const double index = 0.35 * envelope * envelope;
        return 0.8 *
               sineOfCycles(phase_ + index * sineOfCycles(phase_) + 0.06 * index * sineOfCycles(14 * phase_));
    }

private:
    double increment_;
    double phase_ = 0;
};

/// Additive synthesis with drawbars.
class OrganTone : public Tone {
public:
    OrganTone(double hertz, const std::array<double, 6>& drawbars)
        : increment_(hertz / sampleRate), drawbars_(drawbars) {}
    double sample(double) override {
        constexpr double multiples[] = {0.5, 1, 1.5, 2, 3, 4};
        phase_ += increment_;
        double sum = 0;
        for (std::size_t i = 0; i < drawbars_.size(); ++i)
            sum += drawbars_[i] * sineOfCycles(multiples[i] * phase_);
        return 0.35 * sum;
    }

private:
    double increment_;
    std::array<double, 6> drawbars_;
    double phase_ = 0;
};

/// Two detuned sawtooths through a two-pole low pass.
class PadTone : public Tone {
public:
    PadTone(double hertz, double cutoff) : hertz_(hertz), first_(cutoff), second_(cutoff) {}
    double sample(double) override {
        return 0.5 * second_(first_(low_(hertz_ * 0.997) + high_(hertz_ * 1.003)));
    }

private:
    double hertz_;
    Saw low_, high_;
    LowPass first_, second_;
};

/// A plucked string: noise in a damped feedback delay line (Karplus and Strong 1983).
class PluckTone : public Tone {
public:
    PluckTone(double hertz, Random& random)
        : period_(sampleRate / hertz - 0.5), line_(static_cast<std::size_t>(period_) + 2) {
        for (double& value : line_)
            value = random.noise();
    }
    double sample(double) override {
        const auto delay = static_cast<std::size_t>(period_);
        const double fraction = period_ - static_cast<double>(delay);
        const double delayed = at(delay) * (1 - fraction) + at(delay + 1) * fraction;
        const double damped = 0.4985 * (delayed + last_);
        last_ = delayed;
        line_[write_] = damped;
        write_ = (write_ + 1) % line_.size();
        return damped;
    }

private:
    /// The sample written `delay` samples ago, up to the length of the line.
    double at(std::size_t delay) const { return line_[(write_ + line_.size() - delay) % line_.size()]; }

    double period_;
    std::vector<double> line_;
    std::size_t write_ = 0;
    double last_ = 0;
};

struct Envelope {
    double attack, decay, release; ///< seconds; decay and release until -60 dB
};

Envelope envelopeOf(KeysTimbre timbre) {
    switch (timbre) {
    case KeysTimbre::ElectricPiano:
        return {0.003, 4, 0.25};
    case KeysTimbre::Organ:
        return {0.01, 60, 0.08};
    case KeysTimbre::Pad:
        return {0.12, 60, 0.5};
    case KeysTimbre::Pluck:
        break;
    }
    return {0.001, 6, 0.3};
}

} // namespace

void renderKeys(KeysTimbre timbre, const std::vector<Note>& notes, Random random, std::span<float> out) {
    std::array<double, 6> drawbars{};
    for (double& level : drawbars)
        level = random.between(0.1, 1);
    const double cutoff = random.between(900, 2600);
    const auto tone = [&](double hertz) -> std::unique_ptr<Tone> {
        switch (timbre) {
        case KeysTimbre::ElectricPiano:
            return std::make_unique<ElectricPianoTone>(hertz);
        case KeysTimbre::Organ:
            return std::make_unique<OrganTone>(hertz, drawbars);
        case KeysTimbre::Pad:
            return std::make_unique<PadTone>(hertz, cutoff);
        case KeysTimbre::Pluck:
            break;
        }
        return std::make_unique<PluckTone>(hertz, random);
    };

    const Envelope shape = envelopeOf(timbre);
    const double decay = decayPerSample(shape.decay);
    const double release = decayPerSample(shape.release);
    for (const Note& note : notes) {
        const auto voice = tone(pitchToHertz(note.pitch));
        const auto begin = static_cast<std::size_t>(note.start * sampleRate);
        const auto held = static_cast<std::size_t>(note.duration * sampleRate);
        double envelope = 1;
        for (std::size_t i = 0; begin + i < out.size() && envelope > 1e-3; ++i) {
            const double attack = std::min(1.0, static_cast<double>(i) / (shape.attack * sampleRate));
            out[begin + i] += static_cast<float>(note.velocity * attack * envelope * voice->sample(envelope));
            envelope *= i < held ? decay : release;
        }
    }
}

} // namespace headroom::demo
