// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/listening.h"
#include "ui/listen/listen_source.h"

#include <QMenu>

#include <functional>
#include <map>
#include <vector>

namespace headroom::ui {

class ListenBridge;

/// The menu of sources: checkpoints of known runs, another run, a weights file, the ground truth, the
/// mixture. GUI thread.
class SourceMenu : public QObject {
    Q_OBJECT

public:
    explicit SourceMenu(ListenBridge& bridge, QWidget* window) : bridge_(bridge), window_(window) {}

    /// Loads the list of checkpoints of a run. @param then called with it
    void loadCheckpoints(const QString& runFolder, std::function<void(const CheckpointList&)> then = {});
    /// Fills a menu that passes the chosen source to `choose`.
    void fill(QMenu& menu, std::function<void(const ListenSource&)> choose);

    /// A checkpoint as a source.
    static ListenSource checkpoint(const QString& runFolder, const CheckpointInfo& info);
    static ListenSource weights(const QString& file);

private:
    void chooseRun(const std::function<void(const ListenSource&)>& choose);

    ListenBridge& bridge_;
    QWidget* window_;
    std::map<QString, std::vector<CheckpointInfo>> runs_; ///< by folder
};

} // namespace headroom::ui
