// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// The largest batches of BS-RoFormers on cards of 48, 24 and 16 GB, next to those that the author of MSST
/// lists (docs/bs_roformer_info.md of ZFTurbo/Music-Source-Separation-Training, 2024-04-08). Prints a line of
/// JSON per cell of that table, then how many cells agree. Four numbers per cell, 0 if not even 1 fits:
///     listed       in MSST, with PyTorch 2.0; the free memory of its cards is unknown
///     written_out  a forecast of that program: operator by operator, attention weights in memory
///     plain        our forecast without recompute: attention weights are computed twice instead of kept
///     recomputed   our forecast with all layers recomputed; at most 256, the limit of training.batch_size
///     bench_largest_batch [--others GIB]
/// Where listed and written_out differ, the list may not have the largest batch (it says which "you can
/// use"), or other programs took memory of the card.
#include "core/cards/cards.h"
#include "core/config/config_check.h"
#include "core/forecast/forecaster.h"
#include "tests/bench/bench_options.h"
#include "tests/bench/written_out_step.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <array>
#include <functional>

namespace {

using namespace headroom;

constexpr std::array cards = {"RTX A6000", "RTX 3090", "RTX A4000"}; // the list has no name for 16 GB

struct Row {
    int samples;
    int width;
    int layers;
    std::array<int, cards.size()> listed;
};

constexpr Row rows[] = {
    {131584, 128, 6, {10, 5, 3}}, {131584, 256, 6, {8, 4, 2}},  {131584, 384, 6, {7, 3, 2}},
    {131584, 256, 8, {6, 3, 2}},  {263168, 128, 6, {4, 2, 1}},  {263168, 256, 6, {3, 1, 1}},
    {352800, 128, 6, {2, 1, 0}},  {352800, 384, 12, {1, 0, 0}},
};

/// The configuration of the list: no gradient clipping, accumulation or EMA.
RunConfig configOf(const Row& row) {
    RunConfig config;
    config.audio.hopLength = 512;
    config.audio.segmentLength = row.samples / 44100.0;
    config.model.kind = ModelKind::BsRoformer;
    config.model.hiddenDim = row.width;
    config.model.numLayers = row.layers;
    config.model.attnDropout = 0.1;
    config.model.ffDropout = 0.1;
    config.training.gradientAccumulationSteps = 1;
    config.training.gradClip = 0;
    config.training.emaDecay = 0;
    config.loss.lambdaTime = 1;
    checkConfig(config);
    return config;
}

/// @param fits whether a batch fits; larger ones do not if it does not
int largestBatch(const std::function<bool(int)>& fits) {
    int most = 0;
    int tooMany = 257; // options allow 256
    int next = 1;
    while (tooMany - most > 1) {
        (fits(next) ? most : tooMany) = next;
        next = std::min(2 * most + 1, (most + tooMany) / 2);
    }
    return most;
}

bool writtenOutFits(const RunConfig& config, const Card& card, std::int64_t others) {
    const ReplayDevice device{.capacity = card.capacity - card.contextHigh - others};
    return replay(bench::recordWrittenOutSteps(config, card), device).completed;
}

bool fits(const RunConfig& config, const Card& card, std::int64_t others) {
    const ForecastRequest request{.config = config,
                                  .card = card,
                                  .others = others,
                                  .allocator = AllocatorSettings{},
                                  .detail = ForecastDetail::Totals};
    return forecast(request).verdict != Verdict::DoesNotFit;
}

} // namespace

int main(int argc, char** argv) {
    double othersGiB = 0;
    CLI::App program{"Largest batches of BS-RoFormers, next to those that MSST lists."};
    program.add_option("--others", othersGiB, "GiB of each card that other programs use");
    CLI11_PARSE(program, argc, argv);
    at::set_num_threads(1);
    const auto others = static_cast<std::int64_t>(othersGiB * double(1 << 30));
    int cells = 0;
    int agree = 0;
    int close = 0; // to one segment
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < cards.size(); ++i) {
            const Card card = findCard(cards.at(i)).value();
            RunConfig config = configOf(row);
            const auto largest = [&](const auto& fitting) {
                return largestBatch([&](int batch) {
                    config.training.batchSize = batch;
                    return fitting(config, card, others);
                });
            };
            const int listed = row.listed.at(i);
            const int writtenOut = largest(writtenOutFits);
            const int plain = largest(fits);
            config.model.useGradientCheckpointing = true;
            fmt::print(
                R"({{"bench":"largest_batch","samples":{},"dim":{},"depth":{},"card":"{}","listed":{},)"
                R"("written_out":{},"plain":{},"recomputed":{}}})"
                "\n",
                row.samples, row.width, row.layers, card.name, listed, writtenOut, plain, largest(fits));
            std::fflush(stdout);
            ++cells;
            agree += writtenOut == listed ? 1 : 0;
            close += std::abs(writtenOut - listed) <= 1 ? 1 : 0;
        }
    }
    fmt::print(R"({{"bench":"largest_batch","cells":{},"written_out_agree":{},"within_one":{}}})"
               "\n",
               cells, agree, close);
}
