#include "core/train/run_state_json.h"

#include "core/support/error.h"

#include <nlohmann/json.hpp>

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;

Json optionalNumber(const std::optional<double>& number) {
    return number ? Json(*number) : Json();
}

std::optional<double> optionalNumber(const Json& json) {
    return json.is_null() ? std::nullopt : std::optional(json.get<double>());
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
    json.at("step").get_to(progress.step);
    json.at("update").get_to(progress.update);
    json.at("epoch").get_to(progress.epoch);
    json.at("epoch_step").get_to(progress.epochStep);
    json.at("next_example").get_to(progress.nextExample);
    json.at("group_size").get_to(progress.groupSize);
    json.at("group_step").get_to(progress.groupStep);
    json.at("skipped_updates").get_to(progress.skippedUpdates);
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
    json.at("validations_waited").get_to(state.validationsWaited);
    return state;
}

} // namespace

std::string runStateToJson(const RunState& state) {
    Json json = {{"progress", toJson(state.progress)}, {"learning_rate", toJson(state.learningRate)}};
    json["best"] = state.best ? Json{{"step", state.best->step}, {"score", state.best->score}} : Json();
    json["micro_batch"] = state.microBatch;
    return json.dump();
}

RunState runStateFromJson(const std::string& text) {
    try {
        const Json json = Json::parse(text);
        RunState state;
        state.progress = progressFromJson(json.at("progress"));
        state.learningRate = learningRateFromJson(json.at("learning_rate"));
        state.microBatch = json.value("micro_batch", 0);
        if (const Json& best = json.at("best"); !best.is_null())
            state.best = BestValidation{best.at("step").get<std::int64_t>(), best.at("score").get<double>()};
        return state;
    } catch (const Json::exception& error) {
        throw Error(ErrorKind::Input, std::string("the state of the run cannot be read: ") + error.what());
    }
}

} // namespace headroom
