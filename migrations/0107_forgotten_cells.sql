-- What a returned row said is forgotten with its file: the reason stays, without the words of the cell.

grant update (reasons) on batch.row to workwell_app;
