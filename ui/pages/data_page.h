#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;
class QTableWidget;

namespace headroom::ui {

class ConfigModel;
class DatasetBridge;
class EmptyState;
class MessageBar;
class SongTable;

/// The songs of the data set that the setting names: what the doctor found in them, and which are used.
/// GUI thread.
class DataPage : public QWidget {
    Q_OBJECT

public:
    /// @param bridge, config outlive this
    DataPage(DatasetBridge& bridge, ConfigModel& config, QWidget* parent = nullptr);
    ~DataPage() override;

    /// Makes a folder the data set of the setting, and examines it.
    void openFolder(const QString& folder);
    /// Asks for that folder.
    void chooseFolder();
    /// Whether songs can be played: without, there is no button for it.
    void offerPlaying(bool offered);
    /// What is shown while there are no songs.
    EmptyState& emptyState() { return *empty_; }

Q_SIGNALS:
    /// @param song "train/name"
    void playRequested(const QString& dataset, const QString& song);

protected:
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeHeader();
    QWidget* makeSongs();
    QWidget* makeDetails();
    EmptyState* makeEmpty();
    void connectBridge();
    void examine();
    int currentRow() const; ///< of the songs; -1 where none is chosen
    void toggleCurrent();
    void playCurrent();
    void updateSummary();
    void updateDetails();

    ConfigModel& config_;
    DatasetBridge& bridge_;
    SongTable* songs_;
    QSortFilterProxyModel* sorted_;
    MessageBar* message_;
    QWidget* body_ = nullptr;
    EmptyState* empty_ = nullptr;
    QTableView* view_ = nullptr;
    QLabel* summary_ = nullptr;
    QLabel* excluded_ = nullptr;
    QLabel* song_ = nullptr;
    QLabel* findings_ = nullptr;
    QTableWidget* files_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QPushButton* again_ = nullptr;
    QPushButton* cancel_ = nullptr;
    QPushButton* use_ = nullptr;
    QPushButton* play_ = nullptr;
    QString examinedRoot_; ///< of what is shown or on its way; empty: nothing
};

} // namespace headroom::ui
