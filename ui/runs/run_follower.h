#pragma once

#include "ui/bridge/run_archive.h"

#include <QObject>
#include <QTimer>

#include <cstdint>

namespace headroom::ui {

class RunModel;

/// Reads the journal of the window's run, from the start once and then what is new every second, as long as
/// the run does not train here: whatever another program does to it is seen. GUI thread.
class RunFollower : public QObject {
    Q_OBJECT

public:
    /// @param archive,run outlive this
    RunFollower(RunArchive& archive, RunModel& run);

private:
    void restart();
    void readOn();
    void followState();
    void take(const RunPiece& piece);

    RunArchive& archive_;
    RunModel& run_;
    QTimer pace_;               ///< between two readings
    std::uint64_t reading_ = 0; ///< number of the reading under way; 0: none
    std::uint64_t end_ = 0;     ///< bytes of the journal that were read
    bool trained_ = false;      ///< here, when last looked
};

} // namespace headroom::ui
