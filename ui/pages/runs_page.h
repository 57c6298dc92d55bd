#pragma once

#include "core/session/run_store.h"
#include "ui/models/run_history.h"

#include <QWidget>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace headroom::ui {

class OverlayPlot;
class RunArchive;
class RunModel;
class RunsTable;
class SettingTable;
class Theme;

/// The runs in the folders that are known: their table, the curves of those with a tick over each other, and
/// the settings in which they differ. GUI thread.
class RunsPage : public QWidget {
    Q_OBJECT

public:
    /// @param archive, run, theme outlive this
    RunsPage(RunArchive& archive, RunModel& run, Theme& theme, QWidget* parent = nullptr);
    ~RunsPage() override;

    /// Looks for runs in this folder too, from now on and in later programs.
    void addFolder(const QString& folder);
    /// Looks again.
    void refresh();

Q_SIGNALS:
    /// The run was asked for by its row: to be shown, and carried on if the user likes.
    void openRequested(const QString& folder);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHeader();
    QWidget* makeTable();
    QWidget* makeOverlay();
    QWidget* makeSettings();
    const RunSummary* current() const;
    void takeRuns(const std::vector<RunSummary>& runs);
    void tickNewest();
    void takePiece(const RunPiece& piece);
    void compare();
    void openCurrent();
    void updateButtons();

    RunArchive& archive_;
    RunModel& run_;
    RunsTable* runs_;
    QSortFilterProxyModel* sorted_;
    SettingTable* settings_;
    OverlayPlot* overlay_;
    QTableView* view_ = nullptr;
    QLabel* count_ = nullptr;
    QLabel* differing_ = nullptr;
    QPushButton* open_ = nullptr;
    bool begun_ = false;                           ///< runs were listed before
    std::map<std::string, RunHistory> histories_;  ///< of the runs that were ever ticked, by folder
    std::map<std::uint64_t, std::string> reading_; ///< folders whose pieces are on their way, by number
};

} // namespace headroom::ui
