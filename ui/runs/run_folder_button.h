#pragma once

#include <QToolButton>

namespace headroom::ui {

class RunModel;

/// Says where new runs are kept, opens that folder and the run's own, and has another chosen. GUI thread.
class RunFolderButton : public QToolButton {
    Q_OBJECT

public:
    /// @param run outlives this
    explicit RunFolderButton(RunModel& run, QWidget* parent = nullptr);

Q_SIGNALS:
    /// The user wants new runs to be kept in another folder.
    void folderChosen(const QString& folder);

private:
    void refresh();
    void choose();

    RunModel& run_;
    QAction* openRun_;
};

/// Shows a folder in the desktop's file manager, making it where it is missing.
void revealFolder(const QString& folder);

} // namespace headroom::ui
