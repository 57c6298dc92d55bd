// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/demo/song.h"

#include "core/demo/band.h"
#include "core/demo/filters.h"
#include "core/demo/stage.h"
#include "core/demo/voice.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <vector>

namespace headroom::demo {
namespace {

constexpr float peakOfSong = 0.85F;

using Track = std::vector<float>;

AudioBuffer performVocals(const Score& score, std::size_t frames, Random random) {
    Track voice(frames);
    renderVoice(score.singer, score.voice, random.fork(), voice);
    Stage stage(frames, random.fork());
    const double pan = random.between(-0.15, 0.15);
    stage.place(voice, pan, 0.3);
    return stage.take();
}

AudioBuffer performDrums(const Score& score, std::size_t frames, Random random) {
    Stage stage(frames, random.fork());
    const Random kit = random.fork();
    struct Place {
        Drum drum;
        double gain, pan, wet;
    };
    const double hatGain = random.between(0.4, 0.8);
    for (const Place& place :
         {Place{Drum::Kick, 0.7, 0, 0.05}, Place{Drum::Snare, 0.9, -0.1, 0.35},
          Place{Drum::ClosedHat, hatGain, 0.35, 0.15}, Place{Drum::OpenHat, hatGain, 0.35, 0.15}}) {
        Track track(frames);
        renderDrum(place.drum, score.drums, kit, track);
        for (float& sample : track)
            sample *= static_cast<float>(place.gain);
        stage.place(track, place.pan, place.wet);
    }
    return stage.take();
}

AudioBuffer performBass(const Score& score, std::size_t frames, Random random) {
    constexpr BassTimbre timbres[] = {BassTimbre::Fingered, BassTimbre::Synth, BassTimbre::Sub};
    Track track(frames);
    renderBass(random.pick(timbres), score.bass, track);
    Stage stage(frames, random.fork());
    stage.place(track, random.between(-0.06, 0.06), 0.08);
    return stage.take();
}

AudioBuffer performOther(const Score& score, std::size_t frames, Random random) {
    constexpr KeysTimbre held[] = {KeysTimbre::ElectricPiano, KeysTimbre::Organ, KeysTimbre::Pad};
    constexpr KeysTimbre struck[] = {KeysTimbre::ElectricPiano, KeysTimbre::Pluck, KeysTimbre::Pluck};
    Track chords(frames);
    const KeysTimbre chordTimbre = random.pick(held);
    renderKeys(chordTimbre, score.chords, random.fork(), chords);
    Track arpeggio(frames);
    const KeysTimbre arpeggioTimbre = random.pick(struck);
    renderKeys(arpeggioTimbre, score.arpeggio, random.fork(), arpeggio);
    scaleToRms(chords, 0.1);
    scaleToRms(arpeggio, 0.1 * random.between(0.4, 0.9));
    Stage stage(frames, random.fork());
    const double side = random.chance(0.5) ? 0.5 : -0.5;
    stage.place(chords, -side, 0.35);
    stage.place(arpeggio, side, 0.3);
    return stage.take();
}

void scale(AudioBuffer& buffer, double gain) {
    for (float& sample : buffer.samples())
        sample *= static_cast<float>(gain);
}

/// Energy of each whole second.
std::vector<double> energyBySecond(const AudioBuffer& buffer) {
    std::vector<double> energies(static_cast<std::size_t>(buffer.frames() / sampleRate));
    for (int c = 0; c < buffer.channels(); ++c) {
        const auto samples = buffer.channel(c);
        for (std::size_t i = 0; i < energies.size() * sampleRate; ++i)
            energies[i / sampleRate] += static_cast<double>(samples[i]) * samples[i];
    }
    return energies;
}

void scaleToLevel(AudioBuffer& stem, double decibels) {
    double energy = 0;
    for (const double second : energyBySecond(stem))
        energy += second;
    const double meanSquare = energy / static_cast<double>(2 * stem.frames());
    scale(stem, decibelsToGain(decibels) / std::sqrt(std::max(meanSquare, 1e-12)));
}

/// Median of energy(voice) / energy(band) over the seconds with singing. This is the cSDR of the mixture as
/// an estimate of the voice, as a power ratio.
double medianRatio(const AudioBuffer& voice, const AudioBuffer& band) {
    const std::vector<double> voiceEnergies = energyBySecond(voice);
    const std::vector<double> bandEnergies = energyBySecond(band);
    std::vector<double> ratios;
    for (std::size_t i = 0; i < voiceEnergies.size(); ++i) {
        if (voiceEnergies[i] > 1e-6 && bandEnergies[i] > 0)
            ratios.push_back(voiceEnergies[i] / bandEnergies[i]);
    }
    if (ratios.empty())
        return 1;
    const auto middle = ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2);
    std::nth_element(ratios.begin(), middle, ratios.end());
    return *middle;
}

/// Balances the stems: similar levels for drums, bass and other, and the voice 3 to 5.5 dB below their sum.
void balance(DemoSong& song, Random random) {
    scaleToLevel(song.drums, random.between(-21, -17));
    scaleToLevel(song.bass, random.between(-22, -18));
    scaleToLevel(song.other, random.between(-21, -17));
    AudioBuffer band = song.drums;
    for (std::size_t i = 0; i < band.samples().size(); ++i)
        band.samples()[i] += song.bass.samples()[i] + song.other.samples()[i];
    const double voiceDecibels = random.between(-5.5, -3);
    scale(song.vocals, decibelsToGain(voiceDecibels) / std::sqrt(medianRatio(song.vocals, band)));
}

/// Normalizes the highest peak of stems and mixture to peakOfSong and rounds the stems to 16-bit steps, so
/// that their sum is exact in float and in 16 bits.
void master(DemoSong& song) {
    AudioBuffer* const stems[] = {&song.vocals, &song.drums, &song.bass, &song.other};
    const auto sum = [&](std::size_t i) {
        return song.vocals.samples()[i] + song.drums.samples()[i] + song.bass.samples()[i] +
               song.other.samples()[i];
    };
    float peak = 1e-6F;
    for (const AudioBuffer* stem : stems)
        peak = std::max(peak, stem->peak());
    for (std::size_t i = 0; i < song.mixture.samples().size(); ++i)
        peak = std::max(peak, std::abs(sum(i)));
    for (AudioBuffer* stem : stems) {
        for (float& sample : stem->samples())
            sample = std::floor(sample * (peakOfSong / peak) * 32768 + 0.5F) / 32768;
    }
    for (std::size_t i = 0; i < song.mixture.samples().size(); ++i)
        song.mixture.samples()[i] = sum(i);
}

} // namespace

DemoSong renderDemoSong(std::uint64_t seed, double seconds) {
    Random random(seed);
    const Score score = composeScore(random.next(), seconds);
    const auto frames = static_cast<std::size_t>(seconds * sampleRate);
    DemoSong song;
    song.vocals = performVocals(score, frames, random.fork());
    song.drums = performDrums(score, frames, random.fork());
    song.bass = performBass(score, frames, random.fork());
    song.other = performOther(score, frames, random.fork());
    song.mixture = AudioBuffer(2, static_cast<std::int64_t>(frames));
    balance(song, random.fork());
    master(song);
    return song;
}

} // namespace headroom::demo
