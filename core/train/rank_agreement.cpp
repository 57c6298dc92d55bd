// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/rank_agreement.h"

#include "core/config/config_difference.h"
#include "core/config/config_file.h"
#include "core/config/rank_share.h"
#include "core/support/error.h"
#include "core/support/version.h"
#include "core/train/run_state_json.h"
#include "core/values/metric.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <torch/headeronly/version.h>

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>

namespace headroom {
namespace {

using RankJson = nlohmann::json;

constexpr const char* resumes = "resume";

/// Options that may differ between machines, as they do not change what is trained. The weights of
/// training.init_from come from rank 0.
constexpr std::array<std::string_view, 6> localOptions = {
    "data.root",           "data.more_roots",      "training.init_from",
    "training.output_dir", "training.num_workers", "training.prefetch_factor"};

std::vector<RankJson> gatherJson(ProcessGroup& group, const RankJson& mine) {
    std::vector<RankJson> values;
    for (const std::string& text :
         group.gather(mine.dump(-1, ' ', false, RankJson::error_handler_t::replace)))
        values.push_back(RankJson::parse(text));
    return values;
}

[[noreturn]] void throwDifference(std::size_t rank, const std::string& what, const std::string& first,
                                  const std::string& other) {
    throw Error(ErrorKind::Input,
                fmt::format("the ranks differ in {}: {} on rank 0, {} on rank {}", what, first, other, rank),
                {}, "Start all ranks with the same program, configuration and songs.");
}

void requireSame(const std::vector<RankJson>& ranks, const char* key, const char* what) {
    for (std::size_t rank = 1; rank < ranks.size(); ++rank) {
        const auto first = ranks[0].at(key).get<std::string>();
        const auto other = ranks[rank].at(key).get<std::string>();
        if (first != other)
            throwDifference(rank, what, first, other);
    }
}

void requireSameConfig(const std::vector<RankJson>& ranks) {
    const RunConfig first = parseConfig(ranks[0].at("config").get<std::string>(), "rank 0");
    for (std::size_t rank = 1; rank < ranks.size(); ++rank) {
        const RunConfig other =
            parseConfig(ranks[rank].at("config").get<std::string>(), fmt::format("rank {}", rank));
        for (const OptionDifference& difference : differences(first, other)) {
            if (std::ranges::find(localOptions, difference.option->key) == localOptions.end())
                throwDifference(rank, difference.option->key, difference.before, difference.after);
        }
    }
}

/// Bits of a score, since JSON has neither infinity nor all digits of every number.
RankJson scoreJson(const std::optional<double>& score) {
    return score ? RankJson(std::bit_cast<std::uint64_t>(*score)) : RankJson();
}

std::optional<double> scoreFrom(const RankJson& json) {
    return json.is_null() ? std::nullopt : std::optional(std::bit_cast<double>(json.get<std::uint64_t>()));
}

RankJson resultJson(const SongResult& result) {
    RankJson stems = RankJson::object();
    for (const auto& [stem, score] : result.stems) {
        for (const MetricInfo& metric : allMetrics())
            stems[stem][metric.name] = scoreJson(score.*metric.score);
    }
    return {{"number", result.number},
            {"song", result.song},
            {"stems", stems},
            {"fault", result.fault},
            {"left_out", result.leftOut}};
}

SongResult resultFrom(const RankJson& json) {
    SongResult result{.number = json.at("number").get<std::size_t>(),
                      .song = json.at("song").get<std::string>(),
                      .fault = json.at("fault").get<std::string>(),
                      .leftOut = json.at("left_out").get<std::string>()};
    for (const auto& [stem, scores] : json.at("stems").items()) {
        for (const MetricInfo& metric : allMetrics())
            result.stems[stem].*metric.score = scoreFrom(scores.at(metric.name));
    }
    return result;
}

} // namespace

RankStart agreeOnStart(ProcessGroup& group, const TrainingRequest& request, c10::Device device) {
    const auto ranks = gatherJson(group, {{"version", version()},
                                          {"libtorch", TORCH_VERSION},
                                          {"config", dumpConfig(request.config)},
                                          {"device", c10::DeviceTypeName(device.type(), true)},
                                          {"max_steps", std::to_string(request.maxSteps)},
                                          {"resume", request.resume ? resumes : "a new run"},
                                          {"folder", request.runFolder}});
    requireSame(ranks, "version", "their version of Headroom");
    requireSame(ranks, "libtorch", "their version of LibTorch");
    requireSame(ranks, "device", "their kind of device");
    requireSame(ranks, "max_steps", "--max-steps");
    if (!request.place.isRestarted()) // the folder may be on the machine of rank 0 only
        requireSame(ranks, "resume", "--resume");
    requireSameConfig(ranks);
    requireSharedSteps(request.config.training, group.place().ranks);
    return {ranks[0].at("folder").get<std::string>(), ranks[0].at("resume").get<std::string>() == resumes};
}

std::string ranksText(const ProcessGroup& group, const TrainingConfig& training) {
    const int ranks = group.place().ranks;
    const int accumulation = training.gradientAccumulationSteps / ranks;
    return fmt::format(
        "{} ranks, connected by {}: an update has {} segments, batches of {} x {} accumulated x "
        "{} ranks",
        ranks, group.transport(), training.batchSize * training.gradientAccumulationSteps, training.batchSize,
        accumulation, ranks);
}

void agreeOnSongs(ProcessGroup& group, const std::string& summary) {
    requireSame(gatherJson(group, {{"songs", summary}}), "songs", "their songs");
}

bool anyRank(ProcessGroup& group, bool yes) {
    return std::ranges::any_of(group.gather(yes ? "yes" : "no"),
                               [](const std::string& answer) { return answer == "yes"; });
}

void copyState(ProcessGroup& group, ResumeState& state, TrainStep& step) {
    state = runStateFromJson(group.gather(runStateToJson(state)).front());
    if (!group.place().isFirst())
        step.restoreGroup({});
    const TrainStep::State tensors = step.state();
    for (const TensorMap* map : {&tensors.weights, &tensors.adapters, &tensors.ema, &tensors.optimizer}) {
        for (const auto& [name, tensor] : *map)
            group.copyFromFirst(tensor);
    }
}

RankDecision agreeOnRequests(ProcessGroup& group, const RankRequests& mine) {
    RankJson changes = RankJson::array();
    for (const OptionChange& change : mine.changes)
        changes.push_back({change.key, change.value});
    const auto ranks = gatherJson(group, {{"stop", mine.stop},
                                          {"late", mine.isLate},
                                          {"peak", mine.peakReserved},
                                          {"changes", std::move(changes)}});
    RankDecision decision;
    for (const RankJson& rank : ranks) {
        decision.stop = decision.stop || rank.at("stop").get<bool>();
        decision.isLate = decision.isLate || rank.at("late").get<bool>();
        decision.peakReserved.push_back(rank.at("peak").get<std::int64_t>());
    }
    for (const RankJson& change : ranks[0].at("changes"))
        decision.changes.push_back({change.at(0).get<std::string>(), change.at(1).get<std::string>()});
    return decision;
}

std::optional<std::vector<SongResult>> shareResults(ProcessGroup& group,
                                                    const std::optional<std::vector<SongResult>>& mine) {
    RankJson own;
    if (mine) {
        own = RankJson::array();
        for (const SongResult& result : *mine)
            own.push_back(resultJson(result));
    }
    std::vector<SongResult> all;
    for (const RankJson& results : gatherJson(group, own)) {
        if (results.is_null())
            return std::nullopt;
        for (const RankJson& result : results)
            all.push_back(resultFrom(result));
    }
    std::ranges::sort(all, {}, &SongResult::number);
    return all;
}

std::vector<std::string> shareSuspects(ProcessGroup& group, const std::vector<std::string>& mine,
                                       bool hasBadLoss) {
    const auto ranks = gatherJson(group, {{"bad", hasBadLoss}, {"segments", mine}});
    const bool anyBad =
        std::ranges::any_of(ranks, [](const RankJson& rank) { return rank.at("bad").get<bool>(); });
    std::vector<std::string> suspects;
    for (const RankJson& rank : ranks) {
        if (anyBad && !rank.at("bad").get<bool>())
            continue;
        for (auto& segment : rank.at("segments").get<std::vector<std::string>>()) {
            if (std::ranges::find(suspects, segment) == suspects.end())
                suspects.push_back(std::move(segment));
        }
    }
    return suspects;
}

} // namespace headroom
