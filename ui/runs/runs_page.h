#pragma once

#include "core/session/run_store.h"
#include "core/view/run_history.h"

#include <QTimer>
#include <QWidget>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QSplitter;
class QTableView;

namespace headroom::ui {

class EmptyState;
class OverlayPlot;
class RunArchive;
class RunModel;
class RunsTable;
class ConfigurationTable;
class Theme;

/// The runs in the folders that are known: their table, the curves of those with a tick over each other, and
/// the settings in which they differ. While it is shown it follows runs that are in progress. GUI thread.
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
    /// What is shown while there are no runs.
    EmptyState& emptyState() { return *empty_; }

Q_SIGNALS:
    /// The run was asked for by its row: to be shown, and resumed if the user likes.
    void openRequested(const QString& folder);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHeader();
    QWidget* makeTable();
    QWidget* makeOverlay();
    QWidget* makeSettings();
    EmptyState* makeEmpty();
    void chooseFolder();
    void readOn(const std::string& folder);
    void updateCount();
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
    ConfigurationTable* settings_;
    OverlayPlot* overlay_;
    QTableView* view_ = nullptr;
    QLabel* count_ = nullptr;
    QLabel* differing_ = nullptr;
    QPushButton* open_ = nullptr;
    QPushButton* reveal_ = nullptr;
    QSplitter* parts_ = nullptr;
    EmptyState* empty_ = nullptr;
    QTimer pace_;        ///< between two listings while the page is shown
    bool begun_ = false; ///< runs were listed before

    /// What was read of a run's journal.
    struct Curve {
        RunHistory history;
        std::uint64_t end = 0;     ///< bytes
        std::uint64_t drawn = 0;   ///< the same when it was last drawn
        std::uint64_t reading = 0; ///< number of the reading under way; 0: none
    };
    std::map<std::string, Curve> curves_; ///< of the runs that were ever ticked, by folder
};

} // namespace headroom::ui
