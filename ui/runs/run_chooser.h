// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/run_store.h"

#include <QComboBox>
#include <QStringList>

#include <vector>

namespace headroom::ui {

class RunArchive;
class RunModel;

/// Shows the open run and lets the user open another one. Disabled while a run is in progress. GUI thread.
class RunChooser : public QComboBox {
    Q_OBJECT

public:
    /// @param archive, run outlive this
    RunChooser(RunArchive& archive, RunModel& run, QWidget* parent = nullptr);

    void showPopup() override;

Q_SIGNALS:
    /// The popup is about to open; the archive should list the runs again.
    void refreshRequested();
    void chosen(const QString& folder);

private:
    void populate();

    RunModel& run_;
    std::vector<RunSummary> runs_;
    QStringList folders_; ///< by item
};

} // namespace headroom::ui
