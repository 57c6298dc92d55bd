// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rank_launcher.h"

#include "app/print.h"
#include "app/stop_signals.h"
#include "core/engine/launcher_store.h"
#include "core/setup/library_path.h"
#include "core/support/start_process.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sys/wait.h>
#include <thread>
#include <utility>

namespace headroom::app {
namespace {

using RankClock = std::chrono::steady_clock;

constexpr const char* thisProgram = "/proc/self/exe";
constexpr std::chrono::milliseconds lookInterval(50);
/// How long ranks have, after another was lost, to notice, to save and to end.
constexpr std::chrono::seconds endingTime(60);

/// A rank as a child process.
class RankProcess {
public:
    RankProcess(int rank, int ranks, std::uint16_t port, const std::vector<std::string>& arguments)
        : rank_(rank) {
        std::vector<std::string> command = {"headroom"};
        command.insert(command.end(), arguments.begin(), arguments.end());
        std::vector<std::string> variables = {
            fmt::format("RANK={}", rank),
            fmt::format("LOCAL_RANK={}", rank),
            fmt::format("WORLD_SIZE={}", ranks),
            fmt::format("LOCAL_WORLD_SIZE={}", ranks),
            "MASTER_ADDR=127.0.0.1",
            fmt::format("MASTER_PORT={}", port),
            "TORCHELASTIC_USE_AGENT_STORE=True", // the store is this process's
            "TORCHELASTIC_RESTART_COUNT=0",
            libraryPathVariable(),
        };
        // Ranks that all use all CPU cores would get in each other's way.
        if (std::getenv("OMP_NUM_THREADS") == nullptr)
            variables.push_back(
                fmt::format("OMP_NUM_THREADS={}",
                            std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / ranks)));
        process_ = startProcess({thisProgram, std::move(command), std::move(variables), {}});
    }

    /// Checks whether it has ended or is suspended.
    void look() {
        int status = 0;
        if (hasEnded_ || ::waitpid(process_, &status, WNOHANG | WUNTRACED | WCONTINUED) != process_)
            return;
        isSuspended_ = WIFSTOPPED(status);
        if (WIFEXITED(status)) {
            hasEnded_ = true;
            code_ = WEXITSTATUS(status);
        } else if (WIFSIGNALED(status)) {
            hasEnded_ = true;
            code_ = 1;
            const int signal = WTERMSIG(status);
            printError("headroom: rank {} was ended by signal {} ({})\n", rank_, signal, strsignal(signal));
        }
    }
    void signal(int number) const {
        if (!hasEnded_)
            ::kill(process_, number);
    }
    bool hasEnded() const { return hasEnded_; }
    bool isSuspended() const { return isSuspended_; }
    int code() const { return code_; }

private:
    int rank_;
    pid_t process_ = -1;
    bool hasEnded_ = false;
    bool isSuspended_ = false;
    int code_ = 0;
};

/// All ranks.
class RankProcesses {
public:
    RankProcesses(int ranks, const std::vector<std::string>& arguments, double timeoutSeconds)
        : timeout_(std::chrono::duration_cast<RankClock::duration>(
              std::chrono::duration<double>(timeoutSeconds))) {
        for (int rank = 0; rank < ranks; ++rank)
            processes_.emplace_back(rank, ranks, store_.port(), arguments);
    }
    /// Ends those that still run, as after an exception.
    ~RankProcesses() { signal(SIGKILL); }
    RankProcesses(const RankProcesses&) = delete;
    RankProcesses& operator=(const RankProcesses&) = delete;

    int wait(const std::stop_token& stop) {
        bool askedToStop = false;
        while (!haveEnded()) {
            std::this_thread::sleep_for(lookInterval);
            for (RankProcess& process : processes_)
                look(process);
            if (stop.stop_requested() && !std::exchange(askedToStop, true))
                signal(SIGTERM);
            if (code_ != 0)
                endTheRest();
        }
        return code_;
    }

private:
    bool haveEnded() const { return std::ranges::all_of(processes_, &RankProcess::hasEnded); }

    void look(RankProcess& process) {
        const bool hadEnded = process.hasEnded();
        process.look();
        if (hadEnded || !process.hasEnded() || process.code() == 0)
            return;
        // A rank that refuses its input ends the others, and a stop may fail on one of them.
        const auto weight = [](int code) { return code == stoppedExitCode ? 0 : code; };
        if (code_ == 0 || weight(process.code()) > weight(code_))
            code_ = process.code();
        deadline_ = RankClock::now() + timeout_ + endingTime;
    }

    /// After a rank has failed. Ranks that run end by themselves; suspended ones cannot.
    void endTheRest() {
        const bool onlySuspended = std::ranges::all_of(processes_, [](const RankProcess& process) {
            return process.hasEnded() || process.isSuspended();
        });
        if (onlySuspended)
            signal(SIGKILL);
        if (RankClock::now() < deadline_)
            return;
        signal(isLastCall_ ? SIGKILL : SIGTERM);
        isLastCall_ = true;
        deadline_ = RankClock::now() + endingTime;
    }

    void signal(int number) const {
        for (const RankProcess& process : processes_)
            process.signal(number);
    }

    LauncherStore store_;
    RankClock::duration timeout_;
    std::vector<RankProcess> processes_;
    int code_ = 0;
    RankClock::time_point deadline_; ///< of the ranks that still run, once one has failed
    bool isLastCall_ = false;
};

} // namespace

int launchRanks(int ranks, const std::vector<std::string>& arguments, double timeoutSeconds,
                const std::stop_token& stop) {
    return RankProcesses(ranks, arguments, timeoutSeconds).wait(stop);
}

std::vector<std::string> withoutRanks(const std::vector<std::string>& arguments) {
    std::vector<std::string> others;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == "--ranks")
            ++i; // its value
        else if (!arguments[i].starts_with("--ranks="))
            others.push_back(arguments[i]);
    }
    return others;
}

} // namespace headroom::app
