// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QToolButton>

namespace headroom::ui {

class RunModel;

/// Shows the folder of new runs. Its menu opens that folder or the run's folder, and changes it. GUI thread.
class RunFolderButton : public QToolButton {
    Q_OBJECT

public:
    /// @param run outlives this
    explicit RunFolderButton(RunModel& run, QWidget* parent = nullptr);

Q_SIGNALS:
    /// The user chose another folder for new runs.
    void folderChosen(const QString& folder);

private:
    void refresh();
    void choose();

    RunModel& run_;
    QAction* openRun_;
};

/// Opens a folder in the desktop's file manager; creates it if it does not exist.
void revealFolder(const QString& folder);

} // namespace headroom::ui
