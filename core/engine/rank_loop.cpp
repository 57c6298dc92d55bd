// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/rank_loop.h"

#include "core/config/config_file.h"
#include "core/config/rank_share.h"
#include "core/support/child_program.h"
#include "core/support/error.h"
#include "core/support/log.h"
#include "core/values/event_json.h"
#include "core/values/events.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace headroom {
namespace {

/// How soon a request of the user is sent.
constexpr std::chrono::milliseconds requestInterval(50);

ProcessStart ranksToStart(const RankProgram& program, const TrainingRequest& request) {
    std::vector<std::string> arguments = {"headroom",     "train",
                                          "--ranks",      std::to_string(request.startRanks),
                                          "--config",     ChildProgram::file,
                                          "--run-folder", request.runFolder,
                                          "--device",     request.device,
                                          "--json",       "--requests"};
    if (request.startedBy)
        arguments.insert(arguments.end(), {"--started-by", *request.startedBy});
    if (request.maxSteps > 0)
        arguments.insert(arguments.end(), {"--max-steps", std::to_string(request.maxSteps)});
    if (request.maxMinutes > 0)
        arguments.insert(arguments.end(), {"--max-minutes", fmt::format("{}", request.maxMinutes)});
    if (request.resume)
        arguments.emplace_back("--resume");
    return {program.path, std::move(arguments), program.variables, {}};
}

/// What the program prints to standard error: why it or one of its ranks has failed.
class RankErrors {
public:
    void add(std::string line) {
        log(LogCategory::Training, LogLevel::Warning, line);
        constexpr std::string_view program = "headroom: ";
        if (!line.starts_with(program)) // of a library
            return;
        line.erase(0, program.size());
        // A rank's own message is also in its event.
        auto& lines = isOfRank(line) ? fromRanks_ : fromLauncher_;
        if (lines.size() < most && std::ranges::find(lines, line) == lines.end())
            lines.push_back(std::move(line));
    }
    /// How ranks have ended: "rank 1 was ended by signal 9 (Killed)". Empty if they ended by themselves.
    std::string ofLauncher() const { return fmt::format("{}", fmt::join(fromLauncher_, "; ")); }
    std::string any() const {
        if (!fromLauncher_.empty())
            return ofLauncher();
        return fromRanks_.empty() ? std::string() : fromRanks_.front();
    }

private:
    static constexpr std::size_t most = 64;

    /// "rank 1: ..."
    static bool isOfRank(std::string_view line) {
        constexpr std::string_view rank = "rank ";
        const std::size_t digits = line.starts_with(rank) ? rank.size() : line.size();
        const std::size_t end = line.find_first_not_of("0123456789", digits);
        return end != std::string_view::npos && end > digits && line.substr(end).starts_with(": ");
    }

    std::vector<std::string> fromLauncher_;
    std::vector<std::string> fromRanks_;
};

/// Forwards the requests of a run control to the program.
class RequestSender {
public:
    RequestSender(RunControl& control, ChildProgram& program) : control_(control), program_(program) {}

    void send() {
        for (const OptionChange& change : control_.takeOptionChanges())
            program_.send(change.key + '=' + change.value);
        if (control_.isPaused() != isPaused_) {
            isPaused_ = !isPaused_;
            program_.send(isPaused_ ? "pause" : "resume");
        }
        if (control_.takeSaveRequest())
            program_.send("save");
        if (control_.stopRequested())
            program_.endInput();
    }

private:
    RunControl& control_;
    ChildProgram& program_;
    bool isPaused_ = false;
};

} // namespace

RunEnd RankLoop::run(const TrainingRequest& request, RunControl& control, const EventSink& sink) {
    end_.reset();
    requireSharedSteps(request.config.training, request.startRanks);
    ChildProgram program(ranksToStart(program_, request), dumpConfig(request.config));
    RequestSender requests(control, program);
    RankErrors errors;
    const auto onEvent = [&](const std::string& line) {
        try {
            TrainingEvent event = fromJsonLine(line).event;
            if (isEnd(event))
                end_ = std::move(event);
            else
                sink(event);
        } catch (const Error& error) {
            log(LogCategory::Training, LogLevel::Warning, error.message() + ": " + line);
        }
    };
    while (program.read(requestInterval, onEvent, [&](const std::string& line) { errors.add(line); }))
        requests.send();
    const int code = program.wait();

    if (!end_) {
        constexpr int refused = 2;
        const std::string reason = errors.any();
        throw Error(code == refused ? ErrorKind::Input : ErrorKind::Failure,
                    reason.empty() ? fmt::format("the ranks of the run ended with exit code {}", code)
                                   : reason);
    }
    if (const auto* finished = std::get_if<Finished>(&*end_))
        return *finished;
    if (const auto* stopped = std::get_if<Stopped>(&*end_))
        return *stopped;
    auto& failed = std::get<Failed>(*end_);
    if (const std::string how = errors.ofLauncher(); !how.empty())
        failed.message += " (" + how + ")";
    throw Error(ErrorKind::Failure, failed.message);
}

void RankLoop::emitEnd(const TrainingEvent& end, const EventSink& sink) {
    sink(end_ ? *end_ : end);
}

} // namespace headroom
