// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/listening.h"
#include "core/values/model_shelf.h"
#include "ui/listen/listen_source.h"

#include <QMenu>

#include <functional>
#include <map>
#include <vector>

namespace headroom::ui {

class ListenBridge;

/// The menu of sources: checkpoints of known runs, weights on the model shelf, another run, a weights file,
/// the ground truth, the mixture. GUI thread.
class SourceMenu : public QObject {
    Q_OBJECT

public:
    explicit SourceMenu(ListenBridge& bridge, QWidget* window) : bridge_(bridge), window_(window) {}

    /// Loads the list of checkpoints of a run. @param then called with it
    void loadCheckpoints(const QString& runFolder, std::function<void(const CheckpointList&)> then = {});
    /// Lists the model shelf again.
    void loadShelf();
    /// Fills a menu that passes the chosen source to `choose`.
    void fill(QMenu& menu, std::function<void(const ListenSource&)> choose);

    /// A checkpoint as a source.
    static ListenSource checkpoint(const QString& runFolder, const CheckpointInfo& info);
    static ListenSource weights(const QString& file);
    /// Weights on the model shelf, with the configuration beside them.
    static ListenSource shelfModel(const ShelfModel& model);
    /// Lets the user choose a weights file. Empty if none is chosen.
    static QString chooseWeights(QWidget* window);

private:
    void chooseRun(const std::function<void(const ListenSource&)>& choose);

    ListenBridge& bridge_;
    QWidget* window_;
    std::map<QString, std::vector<CheckpointInfo>> runs_; ///< by folder
    std::vector<ShelfModel> shelf_;
};

} // namespace headroom::ui
