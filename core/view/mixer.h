// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/playback_audio.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

namespace headroom {

/// Mixes the lanes of a song in sample-accurate sync. Every change of the output (play, pause, seek, loop,
/// solo, mute, gain, source) is cross-faded over 10 ms to avoid clicks and takes effect with the next
/// rendered frame. Not thread-safe.
class Mixer {
public:
    /// The audio of a lane at a gain.
    struct Voice {
        int lane = 0;
        std::uint64_t source = 0; ///< identifies the audio; unchanged if the audio has only grown
        AudioSum audio;
        float gain = 1;
    };
    struct Loop {
        std::int64_t begin = 0; ///< first frame
        std::int64_t end = 0;   ///< one past the last frame
        bool operator==(const Loop&) const = default;
    };
    enum class State {
        Stopped,
        Playing,
        Waiting, ///< for audio that is still being computed; resumes automatically
    };

    /// Resets the mixer: stopped at frame 0, without voices.
    void setSong(std::int64_t frames, int sampleRate);
    void setVoices(std::vector<Voice> voices);
    /// The number of frames, from the first, that all audible voices have so far.
    void setAvailable(std::int64_t frames);

    void play();
    void stop();
    void seek(std::int64_t frame);
    /// @param loop extended to 20 ms if shorter; absent: play to the end of the song
    void setLoop(std::optional<Loop> loop);

    /// Renders the next frames, interleaved stereo; overwrites `out`.
    void render(std::span<float> out);

    State state() const { return state_; }
    /// The next frame to render.
    std::int64_t position() const { return layers_.back().position; }
    /// The frame that was rendered `ago` frames before the next one. With the latency of the audio device as
    /// `ago`, the frame that is heard now.
    std::int64_t positionBefore(std::int64_t ago) const;
    /// Whether the output is silent and stays so until the next call of play().
    bool isSilent() const { return state_ == State::Stopped && layers_.size() == 1; }
    /// The peak of each lane and channel since the last call of takeLevels(); silent lanes may be absent.
    struct Level {
        int lane = 0;
        float left = 0;
        float right = 0;
    };
    std::vector<Level> takeLevels();

private:
    /// A state of the mix that is audible or fading out.
    struct Layer {
        std::vector<Voice> voices;
        std::int64_t position = 0;
        bool moving = false;
        float weight = 1; ///< rises to 1 for the newest layer, falls to 0 for the others
    };
    /// The position of the play head at a rendered frame.
    struct Mark {
        std::int64_t rendered = 0;
        std::int64_t position = 0;
        bool moving = false;
    };

    Layer& change();
    void removeSilentLayers();
    std::int64_t framesUntilBoundary() const;
    void crossBoundary();
    void renderLayer(Layer& layer, bool rising, std::span<float> out);
    void meter(int lane, std::span<const float> samples, float gain);
    void mark();

    std::int64_t frames_ = 0;
    std::int64_t fadeFrames_ = 1;
    std::int64_t available_ = 0;
    std::optional<Loop> loop_;
    State state_ = State::Stopped;
    std::vector<Layer> layers_ = std::vector<Layer>(1); ///< oldest first; the newest is the requested state
    std::int64_t rendered_ = 0;
    std::deque<Mark> marks_;
    std::vector<Level> levels_;
    std::vector<float> scratch_;
};

} // namespace headroom
