// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/bridge/run_archive.h"

#include <QObject>
#include <QTimer>

#include <cstdint>

namespace headroom::ui {

class RunModel;

/// Follows the journal of the open run while it does not train here: reads it from the start, then polls it
/// every second, so that the window shows what other programs do to the run. GUI thread.
class RunFollower : public QObject {
    Q_OBJECT

public:
    /// @param archive,run outlive this
    RunFollower(RunArchive& archive, RunModel& run);

private:
    void restart();
    void readMore();
    void onStateChanged();
    void onPiece(const RunPiece& piece);

    RunArchive& archive_;
    RunModel& run_;
    QTimer timer_;              ///< between two reads
    std::uint64_t reading_ = 0; ///< number of the read in progress; 0: none
    std::uint64_t end_ = 0;     ///< bytes of the journal read so far
    bool trained_ = false;      ///< RunModel::trainsHere() at the last stateChanged()
};

} // namespace headroom::ui
