// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/separate_stream.h"

#include "core/audio/audio_file.h"
#include "core/audio/bad_samples.h"
#include "core/audio/resampler.h"
#include "core/separate/overlap_add.h"
#include "core/separate/stream_part.h"
#include "core/support/bounded_queue.h"
#include "core/support/error.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <optional>
#include <thread>
#include <utility>

namespace headroom {
namespace {

/// Reads a stream at the model's rate and with its channels.
class StreamInput {
public:
    StreamInput(const SegmentModel& model, const AudioStream& stream, const StreamPart& part,
                std::int64_t blockFrames)
        : stream_(stream), channels_(model.channels), block_(blockFrames), position_(part.readFrom),
          dropped_(part.droppedInput), toModel_(stream.sampleRate, model.sampleRate, model.channels) {}

    /// The next frames, possibly none; absent after the last.
    std::optional<AudioBuffer> next() {
        if (ended_)
            return std::nullopt;
        ended_ = position_ == stream_.frames;
        const AudioBuffer audio = ended_ ? toModel_.finish() : toModel_.process(nextBlock());
        const std::int64_t dropped = std::min(dropped_, audio.frames());
        dropped_ -= dropped;
        return audio.part(dropped, audio.frames() - dropped);
    }

private:
    AudioBuffer nextBlock() {
        const AudioBuffer block = stream_.read(position_, std::min(block_, stream_.frames - position_));
        // Check before resampling, which spreads bad samples.
        BadSamples bad;
        bad.add(block, position_);
        if (bad.any())
            throw Error(ErrorKind::Input, bad.describe(stream_.sampleRate), stream_.name, badSamplesRemedy);
        position_ += block.frames();
        return withChannels(block, channels_, stream_.name);
    }

    const AudioStream& stream_;
    int channels_;
    std::int64_t block_;
    std::int64_t position_;
    std::int64_t dropped_; ///< frames that remain to be dropped, at the model's rate
    Resampler toModel_;
    bool ended_ = false;
};

/// Hands over stems at the rate and with the channels of a stream.
class StreamOutput {
public:
    StreamOutput(const SegmentModel& model, const AudioStream& stream, const StreamPart& part,
                 const StemSink& sink)
        : stream_(stream), sink_(sink), droppedStems_(part.droppedStems), droppedFrames_(part.droppedFrames),
          frames_(part.frames) {
        for (std::size_t s = 0; s < model.stems.size(); ++s)
            fromModel_.emplace_back(model.sampleRate, stream.sampleRate, model.channels);
    }

    void deliver(const std::vector<AudioBuffer>& stems, bool last) {
        const std::int64_t separated = stems.front().frames();
        const std::int64_t early = std::min(droppedStems_, separated);
        droppedStems_ -= early;
        std::vector<AudioBuffer> converted;
        for (std::size_t s = 0; s < stems.size(); ++s) {
            converted.push_back(fromModel_[s].process(stems[s].part(early, separated - early)));
            if (last)
                append(converted.back(), fromModel_[s].finish());
        }
        send(converted);
    }

    std::int64_t delivered() const { return delivered_; } ///< any thread

private:
    static void append(AudioBuffer& head, const AudioBuffer& tail) {
        AudioBuffer audio(head.channels(), head.frames() + tail.frames());
        for (int c = 0; c < audio.channels(); ++c) {
            std::ranges::copy(head.channel(c), audio.channel(c).begin());
            std::ranges::copy(tail.channel(c), audio.channel(c).begin() + head.frames());
        }
        head = std::move(audio);
    }

    void send(std::vector<AudioBuffer>& stems) {
        const std::int64_t early = std::min(droppedFrames_, stems.front().frames());
        droppedFrames_ -= early;
        // Resampling twice rounds the length up twice. Cut to the length of the range.
        const std::int64_t count = std::min(stems.front().frames() - early, frames_ - delivered_);
        if (count == 0)
            return;
        for (AudioBuffer& stem : stems)
            stem = withChannels(stem.part(early, count), stream_.channels, stream_.name);
        sink_(stems);
        delivered_ += count;
    }

    const AudioStream& stream_;
    const StemSink& sink_;
    std::int64_t droppedStems_;
    std::int64_t droppedFrames_;
    std::int64_t frames_;
    std::vector<Resampler> fromModel_; ///< one per stem
    std::atomic<std::int64_t> delivered_ = 0;
};

/// A thread that keeps its exception.
class PipelineThread {
public:
    template <typename Work>
    explicit PipelineThread(Work work)
        : thread_([this, work = std::move(work)] {
              try {
                  work();
              } catch (...) {
                  error_ = std::current_exception();
              }
          }) {}

    PipelineThread(const PipelineThread&) = delete;
    PipelineThread& operator=(const PipelineThread&) = delete;

    /// Waits for the end of the thread and throws its exception.
    void finish() {
        thread_.join();
        if (error_)
            std::rethrow_exception(error_);
    }

private:
    std::exception_ptr error_;
    std::jthread thread_; // last, so that it is joined first
};

struct SeparatedBlock {
    std::vector<AudioBuffer> stems;
    bool last = false;
};

template <typename Item>
struct CloseAtExit {
    BoundedQueue<Item>& queue;
    ~CloseAtExit() { queue.close(); }
};

template <typename Item>
struct CancelAtExit {
    BoundedQueue<Item>& queue;
    ~CancelAtExit() { queue.cancel(); }
};

/// One separation with its threads. The destructor joins them.
class StreamPipeline {
public:
    StreamPipeline(const SegmentModel& model, OverlapAdd& segments, StreamInput& input, StreamOutput& output)
        : segments_(segments), output_(output), read_(static_cast<std::size_t>(model.batchSize) + 1),
          separated_(2), reader_([this, &input] {
              const CloseAtExit<AudioBuffer> closing{read_};
              while (auto block = input.next()) {
                  if (!read_.push(*std::move(block)))
                      return;
              }
          }),
          writer_([this] {
              const CancelAtExit<SeparatedBlock> canceling{separated_};
              while (const auto block = separated_.pop())
                  output_.deliver(block->stems, block->last);
          }) {}

    /// Returns false if a stop was requested.
    bool run(const StreamPart& part, const std::stop_token& stop, const SeparationProgress& progress) {
        std::int64_t missing = part.modelFrames;
        for (bool last = false; !last;) {
            if (stop.stop_requested())
                return false;
            const auto block = read_.pop();
            if (!block)
                reader_.finish();
            SeparatedBlock separated{block ? segments_.process(*block) : segments_.finish()};
            missing -= separated.stems.front().frames();
            last = separated.last = !block || missing <= 0;
            if (!separated_.push(std::move(separated)))
                writer_.finish();
            progress(output_.delivered(), part.frames);
        }
        separated_.close();
        writer_.finish();
        progress(output_.delivered(), part.frames);
        return true;
    }

private:
    OverlapAdd& segments_;
    StreamOutput& output_;
    BoundedQueue<AudioBuffer> read_;
    BoundedQueue<SeparatedBlock> separated_;
    PipelineThread reader_;
    PipelineThread writer_;
    // Last, so that no thread waits when it is joined.
    CancelAtExit<AudioBuffer> stopReading_{read_};
    CancelAtExit<SeparatedBlock> stopWriting_{separated_};
};

} // namespace

bool separateStream(const SegmentModel& model, const AudioStream& stream, const FrameRange& range,
                    const StemSink& sink, const std::stop_token& stop, const SeparationProgress& progress) {
    withChannels(AudioBuffer(stream.channels, 0), model.channels, stream.name);
    OverlapAdd segments(model, model.channels);
    const StreamPart part =
        streamPart(segments, model.sampleRate, stream, {range.first, std::min(range.end, stream.frames)});
    segments.setOrigin(part.modelBegin);
    // With blocks of this size, a stop is noticed after each batch.
    const std::int64_t blockFrames =
        std::max<std::int64_t>(1, segments.hopFrames() * stream.sampleRate / model.sampleRate);
    StreamInput input(model, stream, part, blockFrames);
    StreamOutput output(model, stream, part, sink);
    try {
        return StreamPipeline(model, segments, input, output).run(part, stop, progress);
    } catch (const SeparationStopped&) {
        return false;
    }
}

} // namespace headroom
