#pragma once

#include "core/values/playback_audio.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

namespace headroom {

/// Mixes the lanes of a song, sample by sample in step. Whatever changes what is heard (play, pause, seek,
/// the end of a loop, solo, mute, gain, another source) is cross-faded over 10 ms, and so never clicks. Takes
/// effect with the next frame that is rendered. One thread.
class Mixer {
public:
    /// One sound at one level.
    struct Voice {
        int lane = 0;
        std::uint64_t source = 0; ///< another one means another sound, not the same grown
        AudioSum sound;
        float gain = 1;
    };
    struct Loop {
        std::int64_t begin = 0; ///< frame
        std::int64_t end = 0;   ///< the frame behind the last
        bool operator==(const Loop&) const = default;
    };
    enum class State {
        Stopped,
        Playing,
        Waiting, ///< for sound that is still being computed; goes on by itself
    };

    /// Begins anew, stopped at frame 0 and without voices.
    void setSong(std::int64_t frames, int sampleRate);
    void setVoices(std::vector<Voice> voices);
    /// How many frames, from the first on, the voices that sound have by now.
    void setAvailable(std::int64_t frames);

    void play();
    void stop();
    void seek(std::int64_t frame);
    /// @param loop at least 20 ms long, which shorter ones become; absent: to the end of the song
    void setLoop(std::optional<Loop> loop);

    /// The next frames, left and right by turns; replaces what is in `out`.
    void render(std::span<float> out);

    State state() const { return state_; }
    /// The frame that is rendered next.
    std::int64_t position() const { return layers_.back().position; }
    /// The frame that was rendered `ago` frames before the next one: what is heard, where as many frames
    /// still wait in the sound device.
    std::int64_t positionBefore(std::int64_t ago) const;
    /// Whether nothing sounds and nothing will.
    bool silent() const { return state_ == State::Stopped && layers_.size() == 1; }
    /// The largest magnitude of each lane and channel since the last call; lanes that had none are absent.
    struct Level {
        int lane = 0;
        float left = 0;
        float right = 0;
    };
    std::vector<Level> takeLevels();

private:
    /// What sounds, or fades away.
    struct Layer {
        std::vector<Voice> voices;
        std::int64_t position = 0;
        bool moving = false;
        float weight = 1; ///< rises to 1 for the newest layer, falls to 0 for the others
    };
    /// From when on the play head was where.
    struct Mark {
        std::int64_t rendered = 0;
        std::int64_t position = 0;
        bool moving = false;
    };

    Layer& change();
    void settle();
    std::int64_t framesUntilTurn() const;
    void turn();
    void renderLayer(Layer& layer, bool rising, std::span<float> out);
    void measure(int lane, std::span<const float> samples, float gain);
    void mark();

    std::int64_t frames_ = 0;
    std::int64_t fadeFrames_ = 1;
    std::int64_t available_ = 0;
    std::optional<Loop> loop_;
    State state_ = State::Stopped;
    std::vector<Layer> layers_ = std::vector<Layer>(1); ///< oldest first; the newest is what was asked for
    std::int64_t rendered_ = 0;
    std::deque<Mark> marks_;
    std::vector<Level> levels_;
    std::vector<float> scratch_;
};

} // namespace headroom
