// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/run_state_json.h"

#include "core/support/error.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <utility>

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;

Json optionalNumber(const std::optional<double>& number) {
    return number ? Json(*number) : Json();
}

std::optional<double> optionalNumber(const Json& json) {
    return json.is_null() ? std::nullopt : std::optional(json.get<double>());
}

/// Reads a count. The JSON library alone would accept 1.5, -1 and 1e300.
template <typename Count>
void readCount(const Json& json, const char* name, Count& count) {
    const Json& value = json.at(name);
    // The library parses integers without a minus sign as unsigned.
    if (!value.is_number_unsigned() || !std::in_range<Count>(value.get<std::uint64_t>()))
        throw Error(ErrorKind::Input,
                    std::string("the state of the run cannot be read: '") + name + "' is not a count");
    value.get_to(count);
}

Json toJson(const RunProgress& progress) {
    return {{"step", progress.step},
            {"update", progress.update},
            {"epoch", progress.epoch},
            {"epoch_step", progress.epochStep},
            {"next_example", progress.nextExample},
            {"group_size", progress.groupSize},
            {"group_step", progress.groupStep},
            {"skipped_updates", progress.skippedUpdates},
            {"validation_due", progress.validationDue}};
}

RunProgress progressFromJson(const Json& json) {
    RunProgress progress;
    readCount(json, "step", progress.step);
    readCount(json, "update", progress.update);
    readCount(json, "epoch", progress.epoch);
    readCount(json, "epoch_step", progress.epochStep);
    readCount(json, "next_example", progress.nextExample);
    readCount(json, "group_size", progress.groupSize);
    readCount(json, "group_step", progress.groupStep);
    readCount(json, "skipped_updates", progress.skippedUpdates);
    json.at("validation_due").get_to(progress.validationDue);
    return progress;
}

Json toJson(const LearningRate::State& state) {
    return {{"factor", state.factor},
            {"best_score", optionalNumber(state.bestScore)},
            {"validations_waited", state.validationsWaited}};
}

LearningRate::State learningRateFromJson(const Json& json) {
    LearningRate::State state;
    json.at("factor").get_to(state.factor);
    state.bestScore = optionalNumber(json.at("best_score"));
    readCount(json, "validations_waited", state.validationsWaited);
    return state;
}

} // namespace

std::string runStateToJson(const ResumeState& state) {
    Json json = {{"progress", toJson(state.progress)}, {"learning_rate", toJson(state.learningRate)}};
    json["best"] = state.best ? Json{{"step", state.best->step}, {"score", state.best->score}} : Json();
    json["micro_batch"] = state.microBatch;
    json["threads"] = state.threads;
    return json.dump();
}

ResumeState runStateFromJson(const std::string& text) {
    try {
        const Json json = Json::parse(text);
        ResumeState state;
        state.progress = progressFromJson(json.at("progress"));
        state.learningRate = learningRateFromJson(json.at("learning_rate"));
        if (json.contains("micro_batch")) // not in the checkpoints of older versions
            readCount(json, "micro_batch", state.microBatch);
        if (json.contains("threads"))
            readCount(json, "threads", state.threads);
        if (const Json& best = json.at("best"); !best.is_null()) {
            state.best.emplace();
            readCount(best, "step", state.best->step);
            best.at("score").get_to(state.best->score);
        }
        return state;
    } catch (const Json::exception& error) {
        throw Error(ErrorKind::Input, std::string("the state of the run cannot be read: ") + error.what());
    }
}

} // namespace headroom
