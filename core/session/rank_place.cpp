// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/session/rank_place.h"

#include "core/config/scalar_text.h"
#include "core/support/error.h"

#include <cstdlib>
#include <limits>

namespace headroom {
namespace {

constexpr std::int64_t mostRanks = 4096;

/// The environment variables in which a launcher gives a process its place.
struct LauncherVariables {
    const char* name; ///< of the launcher
    const char* ranks;
    const char* rank;
    const char* localRank;
    const char* addressRemedy;
};

constexpr LauncherVariables torchrun = {"torchrun", "WORLD_SIZE", "RANK", "LOCAL_RANK",
                                        "Start the ranks with torchrun, which sets it."};
constexpr LauncherVariables slurm = {
    "SLURM", "SLURM_NTASKS", "SLURM_PROCID", "SLURM_LOCALID",
    "Set it in the batch script, before srun: export MASTER_ADDR=$(scontrol show hostnames | head -n 1) "
    "MASTER_PORT=29500"};

std::string attemptOf(const Environment& environment) {
    return environment("TORCHELASTIC_RESTART_COUNT").value_or("0");
}

class LauncherReader {
public:
    LauncherReader(const Environment& environment, const LauncherVariables& variables)
        : environment_(environment), variables_(variables) {}

    RankPlace place() const {
        RankPlace place;
        place.ranks = static_cast<int>(number(variables_.ranks, 1, mostRanks));
        place.rank = static_cast<int>(number(variables_.rank, 0, place.ranks - 1));
        place.localRank = static_cast<int>(number(variables_.localRank, 0, place.ranks - 1));
        place.localRanks = 0;
        if (environment_("LOCAL_WORLD_SIZE"))
            place.localRanks = static_cast<int>(number("LOCAL_WORLD_SIZE", place.localRank + 1, place.ranks));
        place.host = text("MASTER_ADDR", variables_.addressRemedy);
        constexpr std::int64_t lastPort = std::numeric_limits<std::uint16_t>::max();
        place.port = static_cast<std::uint16_t>(number("MASTER_PORT", 1, lastPort, variables_.addressRemedy));
        place.launcherHasStore = environment_("TORCHELASTIC_USE_AGENT_STORE") == "True";
        place.attempt = attemptOf(environment_);
        return place;
    }

private:
    std::string text(const char* name, const std::string& remedy) const {
        const auto value = environment_(name);
        if (!value || value->empty())
            throw Error(ErrorKind::Input,
                        std::string(variables_.ranks) + " is " + *environment_(variables_.ranks) + ", but " +
                            name + " is not set",
                        {}, remedy);
        return *value;
    }

    std::int64_t number(const char* name, std::int64_t least, std::int64_t most,
                        const std::string& remedy = {}) const {
        const std::string value =
            text(name, remedy.empty() ? "Start the ranks with torchrun or srun, or a single process without "
                                        "these variables."
                                      : remedy);
        const auto number = parseInteger(value);
        if (!number || *number < least || *number > most)
            throw Error(ErrorKind::Input,
                        std::string(name) + " is " + excerpt(value) + ", not a number from " +
                            std::to_string(least) + " to " + std::to_string(most),
                        {}, std::string(variables_.name) + " sets it.");
        return *number;
    }

    const Environment& environment_;
    const LauncherVariables& variables_;
};

/// Whether a variable says that there are several processes.
bool saysSeveral(const Environment& environment, const char* name) {
    const auto value = environment(name);
    return value && parseInteger(*value).value_or(1) > 1;
}

} // namespace

Environment processEnvironment() {
    return [](const char* name) -> std::optional<std::string> {
        const char* value = std::getenv(name);
        return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    };
}

RankPlace rankPlace(const Environment& environment) {
    for (const LauncherVariables* variables : {&torchrun, &slurm}) {
        if (saysSeveral(environment, variables->ranks))
            return LauncherReader(environment, *variables).place();
    }
    for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"}) {
        if (saysSeveral(environment, name))
            throw Error(ErrorKind::Input,
                        std::string(name) + " is " + *environment(name) +
                            ": mpirun has started several processes, which would all train the same run",
                        {},
                        "Start them with torchrun or srun, or with `headroom train --ranks N`. If this is "
                        "the only process, unset " +
                            std::string(name) + ".");
    }
    RankPlace alone;
    alone.attempt = attemptOf(environment);
    return alone;
}

} // namespace headroom
