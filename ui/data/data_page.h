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

    /// Examines a folder, and makes it the data set of the setting; where a run is open only when the user
    /// says so, since that run would go on with it.
    void openFolder(const QString& folder);
    /// Name of the run whose setting it is; empty: none.
    void setRunName(const QString& name);
    /// Whether a folder is looked at that is not the setting's.
    bool offers() const { return !looked_.isEmpty(); }
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
    QWidget* makeOffer();
    QString root() const;
    void use(const QString& folder);
    QWidget* makeSongs();
    QWidget* makeDetails();
    EmptyState* makeEmpty();
    void connectBridge();
    void inspect();
    int currentRow() const; ///< of the songs; -1 where none is chosen
    void toggleCurrent();
    void playCurrent();
    void updateSummary();
    void updateDetails();
    void showFindings(const QString& text);

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
    QWidget* offer_ = nullptr;
    QLabel* offered_ = nullptr;
    bool playing_ = false; ///< is offered
    QString runName_;
    QString looked_;        ///< the folder that is looked at in place of the setting's; empty: none
    QString inspectedRoot_; ///< of what is shown or on its way; empty: nothing
};

} // namespace headroom::ui
