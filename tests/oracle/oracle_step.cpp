// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// oracle_step CONFIG UPDATES RANKS [pause]: trains on CUDA as one of this many ranks, and prints the peaks
/// of the allocator in bytes: "allocated reserved". The other ranks are missing, so that sums over ranks
/// change nothing. With "pause", it pauses after the updates, prints what is left on the card meanwhile, and
/// trains on.
#include "core/config/audio_length.h"
#include "core/config/config_file.h"
#include "core/train/device_cache.h"
#include "core/train/parked_state.h"
#include "core/train/step_results.h"
#include "core/train/train_step.h"

#include <ATen/ATen.h>
#include <c10/core/CachingDeviceAllocator.h>
#include <fmt/format.h>

#include <cstdlib>
#include <memory>

using namespace headroom;

namespace {

/// Memory that is never touched, so the system maps no pages.
at::Tensor untouched(at::IntArrayRef shape) {
    std::size_t count = 1;
    for (const std::int64_t size : shape)
        count *= static_cast<std::size_t>(size);
    return at::from_blob(std::calloc(count, sizeof(float)), shape, &std::free, at::kFloat);
}

} // namespace

int main(int count, char** argv) {
    const RunConfig config = loadConfig(argv[1]);
    const int updates = std::atoi(argv[2]);
    const int ranks = std::atoi(argv[3]);
    const std::int64_t batch = config.training.batchSize;
    const std::int64_t channels = config.audio.channels;
    const auto frames = segmentSamples(config.audio);
    const auto stems = static_cast<std::int64_t>(config.data.targets.size());
    const at::Tensor mixture = untouched({batch, channels, frames});
    const at::Tensor targets = untouched({batch, stems, channels, frames});
    const auto statistics = [] { return c10::getDeviceAllocator(c10::kCUDA)->getDeviceStats(0); };
    try {
        const c10::Device device(c10::kCUDA, 0);
        TrainStep step(config, device);
        StepResults results(device);
        if (ranks > 1)
            step.setRankSum([](const at::Tensor& /*bucket*/) {});
        const int stepsPerUpdate = config.training.gradientAccumulationSteps / ranks;
        const auto train = [&] {
            for (int i = 0; i < stepsPerUpdate; ++i)
                results.setLoss(step.forwardBackward(mixture, targets, 1.0 / stepsPerUpdate));
            results.setUpdate(step.update(1e-4));
        };
        for (int update = 0; update < updates; ++update)
            train();
        if (count > 4) {
            ParkedState parked(step);
            releaseCache(device);
            const auto left = statistics();
            parked.restore();
            train();
            fmt::print("{} {}\n", left.allocated_bytes[0].current, left.reserved_bytes[0].current);
            std::fflush(stdout);
            std::_Exit(0);
        }
    } catch (const std::exception& error) {
        fmt::print("failed: {}\n", error.what());
        return 1;
    }
    const auto stats = statistics();
    fmt::print("{} {}\n", stats.allocated_bytes[0].peak, stats.reserved_bytes[0].peak);
    std::fflush(stdout);
    std::_Exit(0); // CUDA's exit handlers need a device
}
