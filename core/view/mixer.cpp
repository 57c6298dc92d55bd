// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/view/mixer.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

namespace headroom {
namespace {

bool sameAudio(const std::vector<Mixer::Voice>& a, const std::vector<Mixer::Voice>& b) {
    return std::ranges::equal(a, b, [](const Mixer::Voice& x, const Mixer::Voice& y) {
        return x.lane == y.lane && x.source == y.source && x.gain == y.gain;
    });
}

} // namespace

void Mixer::setSong(std::int64_t frames, int sampleRate) {
    frames_ = frames;
    fadeFrames_ = std::max(1, sampleRate / 100);
    available_ = 0;
    loop_.reset();
    state_ = State::Stopped;
    layers_.assign(1, {});
    marks_.clear();
    mark();
}

/// Starts a new layer as a copy of the newest, which fades out from now on.
Mixer::Layer& Mixer::change() {
    layers_.push_back(layers_.back());
    layers_.back().weight = 0;
    return layers_.back();
}

void Mixer::setVoices(std::vector<Voice> voices) {
    if (!sameAudio(voices, layers_.back().voices)) {
        change().voices = std::move(voices);
        return;
    }
    for (Layer& layer : layers_) {
        if (sameAudio(voices, layer.voices))
            layer.voices = voices; // their audio has grown
    }
}

void Mixer::setAvailable(std::int64_t frames) {
    available_ = frames;
    if (state_ != State::Waiting)
        return;
    const std::int64_t enough = std::min(frames_, position() + 25 * fadeFrames_);
    if (available_ >= enough)
        play();
}

void Mixer::play() {
    if (position() >= frames_)
        seek(loop_ ? loop_->begin : 0);
    state_ = State::Playing;
    if (!layers_.back().moving) {
        change().moving = true;
        mark();
    }
}

void Mixer::stop() {
    state_ = State::Stopped;
    if (layers_.back().moving) {
        change().moving = false;
        mark();
    }
}

void Mixer::seek(std::int64_t frame) {
    change().position = std::clamp<std::int64_t>(frame, 0, frames_);
    if (state_ == State::Waiting)
        play();
    mark();
}

void Mixer::setLoop(std::optional<Loop> loop) {
    if (loop) {
        const std::int64_t shortest = std::min(2 * fadeFrames_, frames_);
        loop->begin = std::clamp<std::int64_t>(loop->begin, 0, frames_ - shortest);
        loop->end = std::clamp(loop->end, loop->begin + shortest, frames_);
    }
    loop_ = loop;
}

/// Frames that can be rendered before the play head must jump, stop or wait.
std::int64_t Mixer::framesUntilBoundary() const {
    const Layer& layer = layers_.back();
    if (!layer.moving)
        return std::numeric_limits<std::int64_t>::max();
    std::int64_t end = frames_;
    if (loop_ && layer.position <= loop_->end)
        end = loop_->end;
    // Start waiting early enough to fade out with the available frames.
    if (available_ < frames_)
        end = std::min(end, available_ - fadeFrames_);
    return std::max<std::int64_t>(0, end - layer.position);
}

void Mixer::crossBoundary() {
    const std::int64_t position = layers_.back().position;
    if (loop_ && position == loop_->end && loop_->begin < loop_->end) {
        seek(loop_->begin);
    } else if (position >= frames_) {
        stop();
    } else {
        change().moving = false;
        state_ = State::Waiting;
        mark();
    }
}

void Mixer::render(std::span<float> out) {
    std::ranges::fill(out, 0.0F);
    while (!out.empty()) {
        while (framesUntilBoundary() == 0)
            crossBoundary();
        const auto left = static_cast<std::int64_t>(out.size() / 2);
        const std::int64_t count = std::min({left, framesUntilBoundary(), fadeFrames_});
        const auto part = out.first(static_cast<std::size_t>(2 * count));
        for (std::size_t i = 0; i < layers_.size(); ++i)
            renderLayer(layers_[i], i + 1 == layers_.size(), part);
        rendered_ += count;
        removeSilentLayers();
        out = out.subspan(part.size());
    }
}

void Mixer::renderLayer(Layer& layer, bool rising, std::span<float> out) {
    const float step = (rising ? 1.0F : -1.0F) / static_cast<float>(fadeFrames_);
    if (layer.moving) {
        scratch_.assign(out.size(), 0);
        for (const Voice& voice : layer.voices) {
            const std::vector<float> samples = voice.audio.read(layer.position, std::ssize(out) / 2);
            if (rising)
                meter(voice.lane, samples, voice.gain);
            for (std::size_t i = 0; i < samples.size(); ++i)
                scratch_[i] += voice.gain * samples[i];
        }
        for (std::size_t i = 0; i < out.size(); ++i) {
            // A file may have samples that are not finite. The sound device must not get them.
            if (!std::isfinite(scratch_[i]))
                continue;
            const std::size_t frame = i / 2;
            out[i] += std::clamp(layer.weight + step * (static_cast<float>(frame) + 0.5F), 0.0F, 1.0F) *
                      scratch_[i];
        }
        layer.position += std::ssize(out) / 2;
    }
    const std::size_t frames = out.size() / 2;
    layer.weight = std::clamp(layer.weight + step * static_cast<float>(frames), 0.0F, 1.0F);
}

/// Removes layers that have faded out.
void Mixer::removeSilentLayers() {
    const auto last = std::prev(layers_.end());
    layers_.erase(std::remove_if(layers_.begin(), last, [](const Layer& layer) { return layer.weight <= 0; }),
                  last);
}

void Mixer::meter(int lane, std::span<const float> samples, float gain) {
    auto level = std::ranges::find(levels_, lane, &Level::lane);
    if (level == levels_.end())
        level = levels_.insert(levels_.end(), {lane, 0, 0});
    for (std::size_t i = 0; i + 1 < samples.size(); i += 2) {
        level->left = std::max(level->left, std::abs(gain * samples[i]));
        level->right = std::max(level->right, std::abs(gain * samples[i + 1]));
    }
}

std::vector<Mixer::Level> Mixer::takeLevels() {
    return std::exchange(levels_, {});
}

void Mixer::mark() {
    constexpr std::size_t most = 256;
    marks_.push_back({rendered_, position(), layers_.back().moving});
    if (marks_.size() > most)
        marks_.pop_front();
}

std::int64_t Mixer::positionBefore(std::int64_t ago) const {
    const std::int64_t then = rendered_ - ago;
    for (auto found = marks_.rbegin(); found != marks_.rend(); ++found) {
        if (found->rendered <= then)
            return found->position + (found->moving ? then - found->rendered : 0);
    }
    return marks_.empty() ? 0 : marks_.front().position;
}

} // namespace headroom
