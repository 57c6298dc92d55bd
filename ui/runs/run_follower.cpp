// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/runs/run_follower.h"

#include "core/session/run_paths.h"
#include "ui/runs/run_model.h"

#include <system_error>
#include <utility>

namespace headroom::ui {

RunFollower::RunFollower(RunArchive& archive, RunModel& run) : archive_(archive), run_(run) {
    constexpr int intervalMs = 1000;
    timer_.setSingleShot(true);
    timer_.setInterval(intervalMs);
    run_.setFollowsJournal(true);
    connect(&timer_, &QTimer::timeout, this, &RunFollower::readMore);
    connect(&archive_, &RunArchive::readPiece, this, &RunFollower::onPiece);
    connect(&run_, &RunModel::opened, this, &RunFollower::restart);
    connect(&run_, &RunModel::stateChanged, this, &RunFollower::onStateChanged);
    connect(&run_, &RunModel::journalNeeded, this, [this] {
        if (reading_ == 0)
            readMore();
    });
}

void RunFollower::restart() {
    if (reading_ != 0)
        archive_.cancel(std::exchange(reading_, 0));
    end_ = 0;
    readMore();
}

void RunFollower::readMore() {
    timer_.stop();
    if (run_.runConfig() && !run_.trainsHere())
        reading_ = archive_.read(run_.folder().toStdString(), end_);
}

/// While the run trains here, it emits its events itself. Afterwards the journal is followed from its end,
/// or, if the run could not start, from the previous position.
void RunFollower::onStateChanged() {
    const bool trains = run_.trainsHere();
    if (trains == std::exchange(trained_, trains))
        return;
    timer_.stop();
    if (trains) {
        if (reading_ != 0)
            archive_.cancel(std::exchange(reading_, 0));
        return;
    }
    if (!run_.started())
        return readMore();
    std::error_code error;
    const auto size = std::filesystem::file_size(RunPaths{run_.folder().toStdString()}.journal(), error);
    end_ = error ? 0 : size;
    readMore();
}

void RunFollower::onPiece(const RunPiece& piece) {
    if (piece.number != reading_)
        return;
    end_ = piece.end;
    if (piece.last)
        reading_ = 0;
    run_.appendJournal(piece);
    if (piece.last && reading_ == 0 && !run_.trainsHere())
        timer_.start();
}

} // namespace headroom::ui
