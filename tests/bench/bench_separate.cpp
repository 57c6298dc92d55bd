// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// Time and memory of one forward pass of the model on noise, without gradients, of separation.batch_size
/// segments of --seconds; or, with --song, of a whole separation from a file to files, in segments of
/// separation.chunk_seconds.
///     bench_separate --config FILE [--set key=value ...] [--seconds N] [--song N] [--passes N] [--device
///     cpu|cuda] [--write FILE]
/// --write stores the weights, the noise and its estimate, for tests/bench/torch_roformer.py --compare.
#include "core/audio/audio_writer.h"
#include "core/config/audio_length.h"
#include "core/model/band_split_model.h"
#include "core/model/compute_device.h"
#include "core/monitor/memory_monitor.h"
#include "core/separate/separate_file.h"
#include "core/separate/separate_segment.h"
#include "core/support/malloc_trim.h"
#include "core/support/openmp_spin.h"
#include "core/weights/safetensors.h"
#include "tests/bench/bench_options.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <unistd.h>

namespace {

using namespace headroom;

/// A new folder with a song of noise, removed with its files.
class SongFolder {
public:
    SongFolder(const AudioConfig& audio, double seconds) {
        std::filesystem::create_directories(folder_);
        AudioSpec spec{audio.sampleRate, audio.channels, samplesIn(audio, seconds)};
        spec.encoding = SampleEncoding::Pcm16;
        AudioWriter writer(song(), spec);
        AudioBuffer block(audio.channels, audio.sampleRate);
        std::uint32_t state = 1;
        for (float& sample : block.samples())
            sample = static_cast<float>(state = state * 1664525U + 1013904223U) / 4.3e10F - 0.05F;
        for (std::int64_t done = 0; done < spec.frames; done += block.frames())
            writer.write(block.part(0, std::min(block.frames(), spec.frames - done)));
        writer.commit();
    }
    ~SongFolder() { std::filesystem::remove_all(folder_); }
    SongFolder(const SongFolder&) = delete;
    SongFolder& operator=(const SongFolder&) = delete;

    std::filesystem::path song() const { return folder_ / "song.wav"; }
    StemOutput output(const SegmentModel& model) const {
        StemOutput output;
        for (const std::string& stem : model.stems)
            output.files.push_back({stem, folder_ / (stem + ".wav")});
        output.files.push_back({restName, folder_ / "rest.wav"});
        return output;
    }

private:
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / fmt::format("bench_separate-{}", ::getpid());
};

/// Separates `once` several times and returns the wall and CPU seconds of each.
struct Times {
    std::vector<double> wall;
    std::vector<double> cpu; ///< of all threads, which depends less on the load

    template <typename Work>
    void measure(int repetitions, const Work& once) {
        using Clock = std::chrono::steady_clock;
        for (int i = 0; i <= repetitions; ++i) {
            const auto begin = Clock::now();
            const auto cpuBegin = bench::cpuSeconds();
            once();
            wall.push_back(std::chrono::duration<double>(Clock::now() - begin).count());
            cpu.push_back(bench::cpuSeconds() - cpuBegin);
        }
    }
    /// Of all but the first, which warms up, unless it is the only one.
    static double best(const std::vector<double>& all) {
        return *std::min_element(all.begin() + (all.size() > 1 ? 1 : 0), all.end());
    }
};

void write(const std::string& file, const BandSplitModel& model, const at::Tensor& mixture,
           const at::Tensor& estimate) {
    TensorMap tensors{{"mixture", mixture}, {"estimate", estimate}};
    for (const auto& [name, value] : model.parameters().entries())
        tensors[name] = value.detach();
    writeSafetensors(file, tensors);
}

} // namespace

int main(int argc, char** argv) {
    limitOpenMpSpin(argv);
    const auto options = bench::parseOptions("Time and memory of a separation.", "--passes", argc, argv);
    if (!options.returnPages)
        disableMallocTrim();
    const RunConfig& config = options.config;
    at::set_num_threads(options.threads);
    const at::Device device = computeDevice(options.device).device;
    MemoryMonitor monitor(device);
    BandSplitModel model(modelShape(config), device, at::kFloat, 1);
    if (config.training.precision == Precision::Bf16)
        model.setPrecision(at::kBFloat16);
    const int batch = std::max(1, config.separation.batchSize);

    Times times;
    double seconds = config.audio.segmentLength * batch;
    if (options.song > 0) {
        const SongFolder folder(config.audio, options.song);
        SegmentModel segmentModel = makeSegmentModel(config);
        segmentModel.batchSize = batch;
        segmentModel.separate = [&](std::span<const AudioBuffer> segments) {
            return separateSegments(model, segments);
        };
        seconds = options.song;
        times.measure(options.repetitions, [&] {
            separateFile(segmentModel, folder.song(), folder.output(segmentModel), {},
                         [](std::int64_t, std::int64_t) {});
        });
    } else {
        at::manual_seed(1);
        const at::Tensor mixture =
            at::randn({batch, config.audio.channels, segmentSamples(config.audio)}).mul_(0.1).to(device);
        const at::NoGradGuard noGrad;
        times.measure(options.repetitions, [&] {
            model.forward(mixture).sum().item<double>(); // synchronizes with the device
        });
        if (!options.write.empty())
            write(options.write, model, mixture, model.forward(mixture));
    }
    const double best = Times::best(times.wall);
    fmt::print(R"({{{},"separation_batch":{},"song_s":{},"separate_s_min":{:.4f},"separate_s_all":[{:.4f}],)"
               R"("cpu_s_min":{:.4f},"times_real_time":{:.3f},"peak_bytes":{},"rss_peak_bytes":{}}})"
               "\n",
               bench::heading("separate", options), batch, options.song, best, fmt::join(times.wall, ","),
               Times::best(times.cpu), seconds / best, monitor.sample().peakAllocated,
               bench::peakResidentBytes());
}
