#include "ui/runs/run_follower.h"

#include "core/session/run_paths.h"
#include "ui/runs/run_model.h"

#include <system_error>
#include <utility>

namespace headroom::ui {

RunFollower::RunFollower(RunArchive& archive, RunModel& run) : archive_(archive), run_(run) {
    constexpr int paceMs = 1000;
    pace_.setSingleShot(true);
    pace_.setInterval(paceMs);
    run_.setFollowed(true);
    connect(&pace_, &QTimer::timeout, this, &RunFollower::readOn);
    connect(&archive_, &RunArchive::readPiece, this, &RunFollower::take);
    connect(&run_, &RunModel::opened, this, &RunFollower::restart);
    connect(&run_, &RunModel::stateChanged, this, &RunFollower::followState);
    connect(&run_, &RunModel::journalWanted, this, [this] {
        if (reading_ == 0)
            readOn();
    });
}

void RunFollower::restart() {
    if (reading_ != 0)
        archive_.cancel(std::exchange(reading_, 0));
    end_ = 0;
    readOn();
}

void RunFollower::readOn() {
    pace_.stop();
    if (run_.runConfig() && !run_.trainsHere())
        reading_ = archive_.read(run_.folder().toStdString(), end_);
}

/// What a run that trains here says comes from itself. Its journal is followed from where it then ends; where
/// it could not even begin, from where it was read to before.
void RunFollower::followState() {
    const bool trains = run_.trainsHere();
    if (trains == std::exchange(trained_, trains))
        return;
    pace_.stop();
    if (trains) {
        if (reading_ != 0)
            archive_.cancel(std::exchange(reading_, 0));
        return;
    }
    if (!run_.begun())
        return readOn();
    std::error_code error;
    const auto size = std::filesystem::file_size(RunPaths{run_.folder().toStdString()}.journal(), error);
    end_ = error ? 0 : size;
    readOn();
}

void RunFollower::take(const RunPiece& piece) {
    if (piece.number != reading_)
        return;
    end_ = piece.end;
    if (piece.last)
        reading_ = 0;
    run_.take(piece);
    if (piece.last && reading_ == 0 && !run_.trainsHere())
        pace_.start();
}

} // namespace headroom::ui
