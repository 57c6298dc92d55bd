// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/interop/msst_keys.h"
#include "core/interop/msst_sections.h"

#include <fmt/format.h>

#include <cstdint>

namespace headroom {
namespace {

constexpr FixedKey trainingFixed[] = {
    {"training.normalize", "false", "Headroom's models get the audio as it is"},
};

constexpr const char* standardLoss = "belongs to MSST's standard loss, which these models do not use";
constexpr const char* otherModels = "read by other models of MSST";
constexpr const char* olderVersions = "read by older versions of MSST only";

constexpr IgnoredKey ignoredTrainingKeys[] = {
    {"training.model_type", "it names the model"},
    {"training.q", standardLoss},
    {"training.coarse_loss_clip", standardLoss},
    {"training.other_fix", "it concerns MSST's validation only"},
    {"training.read_metadata_procs", "how MSST reads data sets"},
    {"training.segment", otherModels},
    {"training.shift", otherModels},
    {"training.samplerate", otherModels},
    {"training.channels", otherModels},
    {"training.augmentation", olderVersions},
    {"training.augmentation_type", olderVersions},
    {"training.augmentation_mix", olderVersions},
    {"training.augmentation_loudness", olderVersions},
    {"training.augmentation_loudness_type", olderVersions},
    {"training.augmentation_loudness_min", olderVersions},
    {"training.augmentation_loudness_max", olderVersions},
    {"training.use_mp3_compress", olderVersions},
    {"lora.", "MSST reads it with --train_lora only; to train adapters, set training.lora_rank"},
};

/// MSST's Adam without weight decay is AdamW with weight decay 0.
void convertOptimizer(ConversionBuilder& builder) {
    constexpr const char* key = "training.optimizer";
    constexpr const char* decay = "optimizer.weight_decay";
    const std::string name = builder.document().text(key).value_or("adam");
    if (name == "adamw") {
        builder.set(key, "training.optimizer", std::string("adamw"));
        builder.copy({decay, "training.weight_decay", "0.01"});
    } else if (name == "adam") {
        builder.set(key, "training.optimizer", std::string("adamw"), KeyOutcome::Exact,
                    "without weight decay they are the same");
        builder.set(key, "training.weight_decay", 0.0, KeyOutcome::Exact,
                    "without weight decay they are the same");
        const double given = builder.document().number(decay).value_or(0);
        builder.report(decay, given == 0 ? KeyOutcome::Exact : KeyOutcome::NoCounterpart,
                       given == 0 ? "" : "Adam's weight decay is part of the gradient, AdamW's is not");
    } else {
        builder.report(key, KeyOutcome::NoCounterpart,
                       "training.optimizer stays adamw, which needs another learning rate");
        builder.report("training.lr", KeyOutcome::NoCounterpart, "meant for the other optimizer");
        return;
    }
    builder.copy({"training.lr", "training.learning_rate"});
}

/// ReduceLROnPlateau lowers the rate after more than `patience` validations without improvement, Headroom
/// after exactly that many.
void convertPlateau(ConversionBuilder& builder) {
    constexpr const char* key = "training.patience";
    if (const auto patience = builder.document().integer(key)) {
        if (*patience < 0 || *patience > 10'000)
            builder.refuse(fmt::format("training.patience {} is out of range", *patience), key);
        else
            builder.set(key, "training.plateau_patience", *patience + 1, KeyOutcome::Exact,
                        "MSST waits for one more validation than this number");
    }
    builder.copy({"training.reduce_factor", "training.plateau_factor"});
}

void convertSchedule(ConversionBuilder& builder) {
    constexpr const char* key = "training.scheduler";
    const std::string name = builder.document().text(key).value_or("ReduceLROnPlateau");
    if (name == "linear_scheduler") {
        builder.set(key, "training.plateau_patience", std::int64_t{0});
        builder.set(key, "training.decay_to", 0.0, KeyOutcome::Near,
                    "MSST's decay ends later if gradients are accumulated");
        builder.copy({"training.num_warmup_steps", "training.warmup_steps"});
        builder.report("training.patience", KeyOutcome::NoEffect, "the scheduler is linear_scheduler");
        builder.report("training.reduce_factor", KeyOutcome::NoEffect, "the scheduler is linear_scheduler");
        return;
    }
    builder.report("training.num_warmup_steps", KeyOutcome::NoEffect, "only linear_scheduler reads it");
    if (name == "ReduceLROnPlateau")
        builder.report(key, KeyOutcome::Exact, "see training.patience");
    else
        builder.report(key, KeyOutcome::NoCounterpart, "the rate is reduced on plateaus instead");
    convertPlateau(builder);
}

void convertPrecision(ConversionBuilder& builder) {
    constexpr const char* key = "training.use_amp";
    const bool mixed = builder.document().flag(key).value_or(true);
    builder.set(key, "training.precision", std::string(mixed ? "bf16" : "fp32"),
                mixed ? KeyOutcome::Near : KeyOutcome::Exact,
                mixed ? "MSST computes in float16 with a scaled loss, Headroom in bfloat16" : "");
}

} // namespace

void convertMsstTraining(ConversionBuilder& builder) {
    builder.copy(msstTrainingKeys);
    builder.require(trainingFixed);
    builder.ignore(ignoredTrainingKeys);
    builder.collect([&] { convertOptimizer(builder); });
    builder.collect([&] { convertSchedule(builder); });
    builder.collect([&] { convertPrecision(builder); });
    if (builder.config().training.emaDecay > 0)
        builder.set("training.ema_momentum", "training.ema_decay", builder.config().training.emaDecay,
                    KeyOutcome::Near, "MSST saves the weights, Headroom publishes their average");
}

} // namespace headroom
