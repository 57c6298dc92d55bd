// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/guide_forecast.h"

#include "core/cards/cards.h"
#include "core/config/audio_length.h"
#include "core/forecast/forecaster.h"
#include "core/forecast/step_recording.h"
#include "core/model/band_split_model.h"

#include <ATen/core/Tensor.h>

#include <algorithm>
#include <functional>

namespace headroom {
namespace {

constexpr double giga = 1e9; ///< the guide uses GB, not GiB

double parameterCount(const RunConfig& config) {
    const BandSplitModel model(modelShape(config), at::kMeta, at::kFloat, 0);
    std::int64_t count = 0;
    for (const auto& entry : model.parameters().entries())
        count += entry.value.numel();
    return static_cast<double>(count);
}

double frames(const RunConfig& config) {
    const auto samples = segmentSamples(config.audio);
    const std::int64_t count = samples / config.audio.hopLength + 1;
    return static_cast<double>(count);
}

/// The number of attention operators in a training step.
double attentionOperators(const RunConfig& config, const Card& card) {
    const AllocationStream stream = recordSteps(config, card).stream;
    return static_cast<double>(
        std::count_if(stream.blocks.begin(), stream.blocks.end(), [&](const auto& block) {
            return stream.names[static_cast<std::size_t>(block.operation)].find("attention") !=
                   std::string::npos;
        }));
}

/// A single change that the guide recommends.
struct Advice {
    const char* key;
    const char* text;
    void (*follow)(RunConfig&);
};

constexpr Advice advices[] = {
    {"batch_2", "memory saved by batch size 2 instead of 5",
     [](RunConfig& c) {
         c.training.batchSize = 2;
         c.training.gradientAccumulationSteps = 15;
     }},
    {"batch_1", "memory saved by batch size 1 instead of 5",
     [](RunConfig& c) {
         c.training.batchSize = 1;
         c.training.gradientAccumulationSteps = 30;
     }},
    {"segment_4", "memory saved by 4 s segments instead of 8 s",
     [](RunConfig& c) { c.audio.segmentLength = 4; }},
    {"segment_2", "memory saved by 2 s segments instead of 8 s",
     [](RunConfig& c) { c.audio.segmentLength = 2; }},
    {"dim_192", "memory saved by hidden_dim 192 instead of 256",
     [](RunConfig& c) { c.model.hiddenDim = 192; }},
    {"dim_128", "memory saved by hidden_dim 128 instead of 256",
     [](RunConfig& c) { c.model.hiddenDim = 128; }},
    {"layers_4", "memory saved by 4 layers instead of 6", [](RunConfig& c) { c.model.numLayers = 4; }},
    {"subbands_48", "memory saved by 48 bands instead of 62", [](RunConfig& c) { c.model.numSubbands = 48; }},
    {"subbands_32", "memory saved by 32 bands instead of 62", [](RunConfig& c) { c.model.numSubbands = 32; }},
    {"checkpointing", "memory saved by gradient checkpointing",
     [](RunConfig& c) { c.model.useGradientCheckpointing = true; }},
    {"bf16", "memory saved by bf16 instead of fp32",
     [](RunConfig& c) { c.training.precision = Precision::Bf16; }},
    {"workers", "device memory saved by 2 workers with a prefetch factor of 2",
     [](RunConfig& c) {
         c.training.numWorkers = 2;
         c.training.prefetchFactor = 2;
     }},
};

class Guide {
public:
    explicit Guide(const Card& card)
        : card_(card), before_(totals(guideBefore())), after_(totals(guideAfter())) {}

    std::optional<std::vector<GuideFigure>> figures(const std::stop_token& stop) {
        add("parameters_before", "parameters of the original model", GuideUnit::Number, 48e6,
            parameterCount(guideBefore()));
        add("parameters_after", "parameters of the reduced model", GuideUnit::Number, 27e6,
            parameterCount(guideAfter()));
        add("frames_before", "STFT frames in 8 s", GuideUnit::Number, 808, frames(guideBefore()));
        add("frames_after", "STFT frames in 4 s", GuideUnit::Number, 404, frames(guideAfter()));
        addMemory();
        addAdvice(stop);
        if (stop.stop_requested())
            return std::nullopt;
        add("slower_after", "extra computation of gradient checkpointing", GuideUnit::Percent, 15, 30,
            100 * after_.cost.recompute.allFlops() /
                (after_.cost.forward.allFlops() + after_.cost.backward.allFlops()));
        list_.push_back({"attention",
                         "attention operators that Flash Attention could speed up",
                         GuideUnit::Number,
                         {},
                         {},
                         attentionOperators(guideBefore(), card_)});
        add("csdr_before", "cSDR of the original configuration, from the paper", GuideUnit::Decibel, 11.03,
            {});
        add("csdr_after", "cSDR expected of the reduced configuration", GuideUnit::Decibel, 10.5, 10.8, {});
        return std::move(list_);
    }

private:
    Forecast totals(const RunConfig& config) const {
        return forecast({.config = config, .card = card_, .detail = ForecastDetail::Totals});
    }

    static double part(const Forecast& forecast, MemoryPart part) {
        return static_cast<double>(forecast.parts[static_cast<std::size_t>(part)]);
    }

    void add(const char* key, const char* text, GuideUnit unit, double claim, std::optional<double> here) {
        add(key, text, unit, claim, claim, here);
    }

    void add(const char* key, const char* text, GuideUnit unit, double low, std::optional<double> high,
             std::optional<double> here) {
        list_.push_back({key, text, unit, low, high, here});
    }

    void addMemory() {
        add("model_before", "parameters, original configuration", GuideUnit::Bytes, 4.8 * giga,
            part(before_, MemoryPart::Parameters));
        add("optimizer_before", "optimizer state, original configuration", GuideUnit::Bytes, 9.6 * giga,
            part(before_, MemoryPart::OptimizerState));
        add("activations_before", "activations at the peak, original configuration", GuideUnit::Bytes,
            18 * giga, part(before_, MemoryPart::SavedActivations) + part(before_, MemoryPart::Temporaries));
        add("total_before", "device total, original configuration", GuideUnit::Bytes, 32 * giga, std::nullopt,
            static_cast<double>(before_.deviceTotal));
        add("model_after", "parameters, reduced configuration", GuideUnit::Bytes, 2.7 * giga,
            part(after_, MemoryPart::Parameters));
        add("optimizer_after", "optimizer state, reduced configuration", GuideUnit::Bytes, 5.4 * giga,
            part(after_, MemoryPart::OptimizerState));
        add("activations_after", "temporaries at the peak, reduced configuration", GuideUnit::Bytes,
            4.5 * giga, part(after_, MemoryPart::Temporaries));
        add("checkpoints_after", "saved activations at the peak, reduced configuration", GuideUnit::Bytes,
            3 * giga, part(after_, MemoryPart::SavedActivations));
        add("total_after", "device total, reduced configuration", GuideUnit::Bytes, 22 * giga, 24 * giga,
            static_cast<double>(after_.deviceTotal));
        add("gigabytes", "capacity of a 32 GB card", GuideUnit::Bytes, 32 * giga,
            static_cast<double>(findCard("RTX 5090").value().capacity));
    }

    void addAdvice(const std::stop_token& stop) {
        const auto reserved = static_cast<double>(before_.peakReserved);
        for (const Advice& advice : advices) {
            if (stop.stop_requested())
                return;
            RunConfig config = guideBefore();
            advice.follow(config);
            const double saved = reserved - static_cast<double>(totals(config).peakReserved);
            list_.push_back({advice.key, advice.text, GuideUnit::Percent, {}, {}, 100 * saved / reserved});
        }
    }

    Card card_;
    Forecast before_;
    Forecast after_;
    std::vector<GuideFigure> list_;
};

} // namespace

RunConfig guideBefore() {
    RunConfig config;
    config.audio.segmentLength = 8;
    config.model.hiddenDim = 256;
    config.model.numLayers = 6;
    config.model.numSubbands = 62;
    config.model.useGradientCheckpointing = false;
    config.training.batchSize = 5;
    config.training.gradientAccumulationSteps = 6;
    config.training.precision = Precision::Fp32;
    config.training.numWorkers = 4;
    config.training.emaDecay = 0;
    config.data.targets = {"vocals"};
    config.data.validation = "musdb18";
    return config;
}

RunConfig guideAfter() {
    RunConfig config = guideBefore();
    config.audio.segmentLength = 4;
    config.model.hiddenDim = 192;
    config.model.numLayers = 4;
    config.model.numSubbands = 48;
    config.model.useGradientCheckpointing = true;
    config.training.batchSize = 2;
    config.training.gradientAccumulationSteps = 15;
    config.training.precision = Precision::Bf16;
    config.training.numWorkers = 2;
    config.training.prefetchFactor = 2;
    return config;
}

std::optional<std::vector<GuideFigure>> guideFigures(const Card& card, const std::stop_token& stop) {
    return Guide(card).figures(stop);
}

} // namespace headroom
