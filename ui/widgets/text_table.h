#pragma once

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace headroom::ui {

/// The numbers behind a graph, as text.
struct TextTable {
    QString note = {}; ///< what its numbers are, where that is not all of them; may be empty
    QStringList header = {};
    std::vector<QStringList> rows = {}; ///< as many cells each as the header has

    /// By RFC 4180, but for lines that end in LF, and a note in a first line that begins with #.
    QString csv() const;
};

/// Such a table for views.
class TextTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    explicit TextTableModel(TextTable table, QObject* parent = nullptr)
        : QAbstractTableModel(parent), table_(std::move(table)) {}

    const TextTable& table() const { return table_; }
    void setTable(TextTable table);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    TextTable table_;
};

} // namespace headroom::ui
