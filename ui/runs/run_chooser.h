#pragma once

#include "core/session/run_store.h"

#include <QComboBox>
#include <QStringList>

#include <vector>

namespace headroom::ui {

class RunArchive;
class RunModel;

/// The run of the window, and the others that are known to be taken up in its place; not while it is going
/// on. GUI thread.
class RunChooser : public QComboBox {
    Q_OBJECT

public:
    /// @param archive, run outlive this
    RunChooser(RunArchive& archive, RunModel& run, QWidget* parent = nullptr);

    void showPopup() override;

Q_SIGNALS:
    /// The list is about to be looked at, and should be up to date.
    void refreshWanted();
    void chosen(const QString& folder);

private:
    void fill();

    RunModel& run_;
    std::vector<RunSummary> runs_;
    QStringList folders_; ///< of the entries
};

} // namespace headroom::ui
